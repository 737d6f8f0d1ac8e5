"""The colours of the program, as data: a light and a dark value for every token, and the palette of codes."""

from __future__ import annotations

from typing import NamedTuple

# token: (light, dark)
TOKENS: dict[str, tuple[str, str]] = {
    "bg": ("#F4F5F7", "#15171B"),
    "paper": ("#FFFFFF", "#1B1E23"),
    "raised": ("#FFFFFF", "#262A31"),
    "line": ("#DFE3E8", "#2C3138"),
    "ctl": ("#7D8590", "#78818D"),
    "text": ("#1C2128", "#E3E6EA"),
    "text2": ("#4F5863", "#A9B1BB"),
    "accent": ("#12436D", "#8FC1EE"),
    "onaccent": ("#FFFFFF", "#0F1B27"),
    "accenttext": ("#12436D", "#A5CEF3"),
    "link": ("#1A5A8F", "#8FC1EE"),
    "soft": ("#DFE9F2", "#22364A"),
    "sel": ("#BFD9F0", "#2F5274"),
    "focus": ("#1668B5", "#6CB6FF"),
    "ok": ("#1B6E53", "#6CCBA6"),
    "warn": ("#7A5200", "#E9BE63"),
    "err": ("#B3261E", "#FF9A91"),
    "errbg": ("#FBEAE9", "#43211F"),
    "warnbg": ("#FFF3D9", "#3B3015"),
    "okbg": ("#E3F3ED", "#1B3A30"),
    "toast": ("#262B33", "#30363F"),
    "ontoast": ("#FFFFFF", "#FFFFFF"),
    "toastlink": ("#8FC1EE", "#8FC1EE"),
    "bar": ("#6F8BA6", "#6F8BA6"),
}


# what only figures use (report.style): the colour on paper, and the one in the dark
FIGURES: dict[str, tuple[str, str]] = {"tie": ("#B9C6D3", "#56616D"), "faint": ("#E4ECF3", "#262D35")}


class Trio(NamedTuple):
    """Bracket and shape fill, tint behind body text, ink for names and underlines."""

    bracket: str
    tint: str
    ink: str


# name: (light, dark), in the order in which they are given out
CODES: dict[str, tuple[Trio, Trio]] = {
    "navy": (Trio("#12436D", "#E3E8ED", "#12436D"), Trio("#6C9CCB", "#2D3A48", "#94B7D9")),
    "teal": (Trio("#28A197", "#DFF1EF", "#1A6E66"), Trio("#28A197", "#1E3B3D", "#6BBEB7")),
    "plum": (Trio("#801650", "#F0E3EA", "#801650"), Trio("#C0629B", "#3F2D3D", "#D699BE")),
    "orange": (Trio("#F46A25", "#FDE9DE", "#A84818"), Trio("#F46A25", "#4B2F23", "#F79766")),
    "charcoal": (Trio("#3D3D3D", "#E8E8E8", "#3D3D3D"), Trio("#9AA1AA", "#373B41", "#B0B6BD")),
    "lilac": (Trio("#A285D1", "#F1EDF8", "#6B5591"), Trio("#A285D1", "#393549", "#BDA8DE")),
    "sky": (Trio("#2F83C6", "#E0ECF6", "#276BA2"), Trio("#3CA0D8", "#223B4B", "#73BBE3")),
    "leaf": (Trio("#3F7D20", "#E2ECDE", "#3B741E"), Trio("#6FA548", "#2D3C2B", "#97BE7B")),
    "ochre": (Trio("#A57A00", "#F2EBD9", "#7F5E00"), Trio("#BF951F", "#3F3822", "#CFB057")),
    "rose": (Trio("#D1477A", "#F8E3EB", "#B03C66"), Trio("#E06A93", "#462F3C", "#E997B3")),
    "brick": (Trio("#9C3B26", "#F3E7E5", "#9C3B26"), Trio("#C8705A", "#41302F", "#DA9F90")),
    "indigo": (Trio("#5A4FBF", "#EBEAF7", "#5A4FBF"), Trio("#8B82E6", "#34344E", "#AEA8EE")),
}


def luminance(colour: str) -> float:
    """The relative luminance of `#RRGGBB`, as WCAG 2 defines it."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    """The WCAG contrast of two colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)
