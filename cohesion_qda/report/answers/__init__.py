"""Answers: what was asked of a study, counted and put into tables. A module for each kind of `model.asked.KINDS`, by its name.

Each has `answer(material, asked) -> Answer` and `behind(material, asked, part, key) -> Behind`: what lies behind the cell with
that key in the part with that key. Pure: nothing here knows a database or a window.
"""
