"""Typed row ids, so that a code's id cannot be passed where a source's is meant."""

from __future__ import annotations

from typing import NewType

SourceId = NewType("SourceId", int)
TurnId = NewType("TurnId", int)
SpeakerId = NewType("SpeakerId", int)
CaseId = NewType("CaseId", int)
AttributeId = NewType("AttributeId", int)
CodeId = NewType("CodeId", int)
CoderId = NewType("CoderId", int)
SegmentId = NewType("SegmentId", int)
CodingId = NewType("CodingId", int)
MemoId = NewType("MemoId", int)
ActionId = NewType("ActionId", int)
QuestionId = NewType("QuestionId", int)
SectionId = NewType("SectionId", int)
ThemeId = NewType("ThemeId", int)
QueryId = NewType("QueryId", int)
AnswerId = NewType("AnswerId", int)
SummaryId = NewType("SummaryId", int)
SettlementId = NewType("SettlementId", int)
DetailId = NewType("DetailId", int)
IndicatorId = NewType("IndicatorId", int)
ReferenceId = NewType("ReferenceId", int)
PlanId = NewType("PlanId", int)
WorksheetId = NewType("WorksheetId", int)
