"""The tables, as migration steps, and the triggers that fill the journal."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

from cohesion_qda.model.text import lines

VERSION = 6
migrations = Migrations("cohesion_qda")

JOURNALLED = (
    "project_setting",
    "coder",
    "study_case",
    "source",
    "speaker",
    "turn",
    "attribute",
    "attribute_value",
    "code",
    "segment",
    "coding",
    "memo",
    "dismissal",
    "guide_question",
    "section",
    "theme",
    "theme_code",
    "theme_passage",
    "memo_link",
    "saved_query",
    "saved_answer",
    "summary",
    "summary_passage",
    "settlement",
    "passed_over",
    "report_part",
    "report_words",
    "report_quote",
    "detail",
    "indicator",
    "indicator_code",
    "reference_figure",
    "plan_entry",
    "frame",
    "worksheet",
    "worksheet_answer",
    "worksheet_passage",
    "issue_code",
)

# what holds a segment beside codings and memos, and by what it is one with another on the same segment
HOLDERS: dict[str, tuple[str, ...]] = {
    "memo_link": ("memo_id",),
    "theme_passage": ("theme_id",),
    "summary_passage": ("summary_id",),
    "settlement": ("code_id", "coder_id"),
    "passed_over": ("code_id", "coder_id"),
    "report_quote": ("code_id",),
    "worksheet_passage": ("worksheet_id", "item"),
}

_TABLES = """
CREATE TABLE content (
    id INTEGER PRIMARY KEY, hash TEXT NOT NULL UNIQUE, text TEXT NOT NULL) STRICT;
CREATE VIRTUAL TABLE content_search USING fts5(
    text, content='content', content_rowid='id', tokenize="unicode61 remove_diacritics 2");

CREATE TABLE project_setting (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE, value TEXT NOT NULL) STRICT;
CREATE TABLE coder (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE) STRICT;
CREATE TABLE study_case (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('participant', 'group')),
    role TEXT NOT NULL CHECK (role IN ('', 'participant', 'moderator', 'observer')),
    group_id INTEGER REFERENCES study_case (id) ON DELETE SET NULL) STRICT;
CREATE TABLE source (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    kind TEXT NOT NULL, content_id INTEGER NOT NULL REFERENCES content (id),
    file_name TEXT NOT NULL, file_sha256 TEXT NOT NULL,
    imported_at TEXT NOT NULL, imported_by INTEGER NOT NULL REFERENCES coder (id),
    group_id INTEGER REFERENCES study_case (id) ON DELETE SET NULL,
    words INTEGER NOT NULL, length INTEGER NOT NULL, state TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE speaker (
    id INTEGER PRIMARY KEY AUTOINCREMENT, source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    label TEXT NOT NULL, case_id INTEGER NOT NULL REFERENCES study_case (id) ON DELETE CASCADE,
    UNIQUE (source_id, label)) STRICT;
CREATE TABLE turn (
    id INTEGER PRIMARY KEY AUTOINCREMENT, source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    number INTEGER NOT NULL, "start" INTEGER NOT NULL, "end" INTEGER NOT NULL,
    speaker_id INTEGER NOT NULL REFERENCES speaker (id) ON DELETE CASCADE,
    at_ms INTEGER, words INTEGER NOT NULL, CHECK ("start" <= "end")) STRICT;
CREATE TABLE attribute (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL COLLATE NOCASE,
    about TEXT NOT NULL CHECK (about IN ('source', 'participant')), UNIQUE (about, name)) STRICT;
CREATE TABLE attribute_value (
    id INTEGER PRIMARY KEY AUTOINCREMENT, attribute_id INTEGER NOT NULL REFERENCES attribute (id) ON DELETE CASCADE,
    source_id INTEGER REFERENCES source (id) ON DELETE CASCADE,
    case_id INTEGER REFERENCES study_case (id) ON DELETE CASCADE,
    value TEXT NOT NULL, CHECK ((source_id IS NULL) <> (case_id IS NULL))) STRICT;
CREATE TABLE code (
    id INTEGER PRIMARY KEY AUTOINCREMENT, parent_id INTEGER REFERENCES code (id) ON DELETE CASCADE,
    name TEXT NOT NULL COLLATE NOCASE, colour TEXT NOT NULL, definition TEXT NOT NULL DEFAULT '',
    use_when TEXT NOT NULL DEFAULT '', not_when TEXT NOT NULL DEFAULT '', example TEXT NOT NULL DEFAULT '',
    is_question INTEGER NOT NULL DEFAULT 0, position INTEGER NOT NULL DEFAULT 0,
    key TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE segment (
    id INTEGER PRIMARY KEY AUTOINCREMENT, source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, CHECK ("start" < "end"),
    UNIQUE (source_id, "start", "end")) STRICT;
CREATE TABLE coding (
    id INTEGER PRIMARY KEY AUTOINCREMENT, segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
    code_id INTEGER NOT NULL REFERENCES code (id) ON DELETE CASCADE,
    coder_id INTEGER NOT NULL REFERENCES coder (id), created_at TEXT NOT NULL,
    suggestion TEXT NOT NULL DEFAULT '', UNIQUE (segment_id, code_id, coder_id)) STRICT;
CREATE TABLE memo (
    id INTEGER PRIMARY KEY AUTOINCREMENT, body TEXT NOT NULL, coder_id INTEGER NOT NULL REFERENCES coder (id),
    created_at TEXT NOT NULL, updated_at TEXT NOT NULL,
    source_id INTEGER REFERENCES source (id) ON DELETE CASCADE,
    study_case_id INTEGER REFERENCES study_case (id) ON DELETE CASCADE,
    code_id INTEGER REFERENCES code (id) ON DELETE CASCADE,
    coding_id INTEGER REFERENCES coding (id) ON DELETE CASCADE,
    segment_id INTEGER REFERENCES segment (id) ON DELETE CASCADE,
    CHECK ((source_id IS NOT NULL) + (study_case_id IS NOT NULL) + (code_id IS NOT NULL)
           + (coding_id IS NOT NULL) + (segment_id IS NOT NULL) <= 1)) STRICT;
CREATE TABLE dismissal (
    id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, label TEXT NOT NULL,
    coder_id INTEGER NOT NULL REFERENCES coder (id)) STRICT;

CREATE UNIQUE INDEX code_name ON code (ifnull(parent_id, 0), name);
CREATE UNIQUE INDEX value_of_source ON attribute_value (attribute_id, source_id) WHERE source_id IS NOT NULL;
CREATE UNIQUE INDEX value_of_case ON attribute_value (attribute_id, case_id) WHERE case_id IS NOT NULL;
CREATE INDEX value_source ON attribute_value (source_id);
CREATE INDEX value_case ON attribute_value (case_id);
CREATE INDEX source_content ON source (content_id);
CREATE INDEX source_file ON source (file_sha256);
CREATE INDEX source_group ON source (group_id);
CREATE INDEX case_group ON study_case (group_id);
CREATE INDEX speaker_case ON speaker (case_id);
CREATE INDEX turn_place ON turn (source_id, "start");
CREATE INDEX turn_speaker ON turn (speaker_id);
CREATE INDEX coding_code ON coding (code_id, segment_id);
CREATE INDEX memo_source ON memo (source_id);
CREATE INDEX memo_case ON memo (study_case_id);
CREATE INDEX memo_code ON memo (code_id);
CREATE INDEX memo_coding ON memo (coding_id);
CREATE INDEX memo_segment ON memo (segment_id);

CREATE TABLE action (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, details TEXT NOT NULL,
    coder TEXT NOT NULL, at TEXT NOT NULL, undoes INTEGER REFERENCES action (id),
    redoes INTEGER REFERENCES action (id), undone INTEGER NOT NULL DEFAULT 0,
    merge_key TEXT NOT NULL DEFAULT '') STRICT;
CREATE TABLE change (
    id INTEGER PRIMARY KEY, action_id INTEGER NOT NULL REFERENCES action (id),
    tbl TEXT NOT NULL, row_id INTEGER NOT NULL, before TEXT, after TEXT) STRICT;
CREATE INDEX change_action ON change (action_id);
CREATE INDEX action_undone ON action (undone) WHERE undone = 1;
CREATE TABLE undo_floor (action_id INTEGER NOT NULL) STRICT;
INSERT INTO undo_floor VALUES (0);
"""

_SECTIONS = """
CREATE TABLE guide_question (
    id INTEGER PRIMARY KEY AUTOINCREMENT, position INTEGER NOT NULL, text TEXT NOT NULL) STRICT;
CREATE TABLE section (
    id INTEGER PRIMARY KEY AUTOINCREMENT, source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    question_id INTEGER REFERENCES guide_question (id) ON DELETE SET NULL,
    "start" INTEGER NOT NULL CHECK ("start" >= 0), title TEXT NOT NULL DEFAULT '',
    is_placed INTEGER NOT NULL DEFAULT 0 CHECK (is_placed IN (0, 1)), UNIQUE (source_id, "start")) STRICT;
CREATE INDEX section_question ON section (question_id);

ALTER TABLE attribute ADD COLUMN type TEXT NOT NULL DEFAULT ''
    CHECK (type IN ('', 'category', 'number', 'date', 'text'));
"""

_ROOM = """
CREATE TABLE segment_3 (
    id INTEGER PRIMARY KEY AUTOINCREMENT, source_id INTEGER NOT NULL REFERENCES source (id) ON DELETE CASCADE,
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL, quote TEXT NOT NULL DEFAULT '',
    CHECK ("start" <= "end" AND ("start" = "end") = (quote <> '')), UNIQUE (source_id, "start", "end", quote)) STRICT;
INSERT INTO segment_3 (id, source_id, "start", "end") SELECT id, source_id, "start", "end" FROM segment;
INSERT INTO sqlite_sequence (name, seq) SELECT 'segment_3', 0
    WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'segment_3');
UPDATE sqlite_sequence SET seq = max(seq, ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'segment'), 0))
    WHERE name = 'segment_3';
DROP TABLE segment;
ALTER TABLE segment_3 RENAME TO segment;

ALTER TABLE coding ADD COLUMN weight INTEGER CHECK (weight BETWEEN 0 AND 100);
ALTER TABLE code ADD COLUMN is_aside INTEGER NOT NULL DEFAULT 0 CHECK (is_aside IN (0, 1));
ALTER TABLE memo ADD COLUMN title TEXT NOT NULL DEFAULT '';
CREATE TABLE memo_link (
    id INTEGER PRIMARY KEY AUTOINCREMENT, memo_id INTEGER NOT NULL REFERENCES memo (id) ON DELETE CASCADE,
    segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE, UNIQUE (memo_id, segment_id)) STRICT;
CREATE INDEX memo_link_segment ON memo_link (segment_id);

CREATE TABLE theme (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    statement TEXT NOT NULL DEFAULT '', question_id INTEGER REFERENCES code (id) ON DELETE SET NULL,
    status TEXT NOT NULL DEFAULT 'candidate' CHECK (status IN ('candidate', 'reviewed', 'defined')),
    position INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX theme_question ON theme (question_id);
CREATE TABLE theme_code (
    id INTEGER PRIMARY KEY AUTOINCREMENT, theme_id INTEGER NOT NULL REFERENCES theme (id) ON DELETE CASCADE,
    code_id INTEGER NOT NULL REFERENCES code (id) ON DELETE CASCADE, UNIQUE (theme_id, code_id)) STRICT;
CREATE INDEX theme_code_code ON theme_code (code_id);
CREATE TABLE theme_passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT, theme_id INTEGER NOT NULL REFERENCES theme (id) ON DELETE CASCADE,
    segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE, UNIQUE (theme_id, segment_id)) STRICT;
CREATE INDEX theme_passage_segment ON theme_passage (segment_id);

CREATE TABLE saved_query (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE, query TEXT NOT NULL) STRICT;

DROP TABLE content_search;
CREATE TABLE line (
    id INTEGER PRIMARY KEY, content_id INTEGER NOT NULL REFERENCES content (id),
    "start" INTEGER NOT NULL, "end" INTEGER NOT NULL) STRICT;
CREATE INDEX line_content ON line (content_id, "start");
CREATE VIEW line_text (id, text) AS
    SELECT l.id, substr(c.text, l."start" + 1, l."end" - l."start") FROM line l JOIN content c ON c.id = l.content_id;
CREATE VIRTUAL TABLE line_search USING fts5(
    text, content='line_text', content_rowid='id',
    tokenize="unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");
CREATE VIRTUAL TABLE line_word USING fts5vocab(line_search, 'row');
"""


_COUNTING = """
CREATE TABLE saved_answer (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE COLLATE NOCASE, asked TEXT NOT NULL) STRICT;

CREATE TABLE summary (
    id INTEGER PRIMARY KEY AUTOINCREMENT, case_id INTEGER NOT NULL REFERENCES study_case (id) ON DELETE CASCADE,
    code_id INTEGER NOT NULL REFERENCES code (id) ON DELETE CASCADE, body TEXT NOT NULL DEFAULT '',
    UNIQUE (case_id, code_id)) STRICT;
CREATE INDEX summary_code ON summary (code_id);
CREATE TABLE summary_passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT, summary_id INTEGER NOT NULL REFERENCES summary (id) ON DELETE CASCADE,
    segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE, UNIQUE (summary_id, segment_id)) STRICT;
CREATE INDEX summary_passage_segment ON summary_passage (segment_id);

CREATE TABLE settlement (
    id INTEGER PRIMARY KEY AUTOINCREMENT, segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
    code_id INTEGER NOT NULL REFERENCES code (id) ON DELETE CASCADE,
    coder_id INTEGER NOT NULL REFERENCES coder (id),
    is_applied INTEGER NOT NULL CHECK (is_applied IN (0, 1)), why TEXT NOT NULL DEFAULT '',
    UNIQUE (segment_id, code_id, coder_id)) STRICT;
CREATE INDEX settlement_code ON settlement (code_id);
"""

_SUGGESTING = """
CREATE TABLE passed_over (
    id INTEGER PRIMARY KEY AUTOINCREMENT, segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
    code_id INTEGER NOT NULL REFERENCES code (id) ON DELETE CASCADE,
    coder_id INTEGER NOT NULL REFERENCES coder (id), UNIQUE (segment_id, code_id, coder_id)) STRICT;
CREATE INDEX passed_over_code ON passed_over (code_id);

CREATE TABLE dismissal_5 (
    id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL, label TEXT NOT NULL,
    coder_id INTEGER NOT NULL REFERENCES coder (id), about TEXT NOT NULL DEFAULT '', UNIQUE (key, coder_id)) STRICT;
INSERT INTO dismissal_5 (id, key, label, coder_id) SELECT id, key, label, coder_id FROM dismissal;
INSERT INTO sqlite_sequence (name, seq) SELECT 'dismissal_5', 0
    WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = 'dismissal_5');
UPDATE sqlite_sequence SET seq = max(seq, ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'dismissal'), 0))
    WHERE name = 'dismissal_5';
DROP TABLE dismissal;
ALTER TABLE dismissal_5 RENAME TO dismissal;

CREATE TABLE derived (
    id INTEGER PRIMARY KEY, content_id INTEGER NOT NULL REFERENCES content (id), kind TEXT NOT NULL,
    maker TEXT NOT NULL, data BLOB NOT NULL, UNIQUE (content_id, kind, maker)) STRICT;
"""

_REPORTING = """
ALTER TABLE code ADD COLUMN direction TEXT NOT NULL DEFAULT '' CHECK (direction IN ('', 'for', 'against'));
ALTER TABLE theme_passage ADD COLUMN role TEXT NOT NULL DEFAULT '' CHECK (role IN ('', 'dissent'));

CREATE TABLE report_part (
    id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, position INTEGER NOT NULL,
    is_shown INTEGER NOT NULL DEFAULT 1 CHECK (is_shown IN (0, 1))) STRICT;
CREATE TABLE report_words (
    id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, body TEXT NOT NULL) STRICT;
CREATE TABLE report_quote (
    id INTEGER PRIMARY KEY AUTOINCREMENT, segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
    code_id INTEGER NOT NULL REFERENCES code (id) ON DELETE CASCADE,
    role TEXT NOT NULL DEFAULT '' CHECK (role IN ('', 'dissent')), position INTEGER NOT NULL DEFAULT 0,
    UNIQUE (segment_id, code_id)) STRICT;
CREATE INDEX report_quote_code ON report_quote (code_id);
CREATE TABLE detail (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, words TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('keep', 'replace', 'leave out')), instead TEXT NOT NULL DEFAULT '',
    UNIQUE (kind, words)) STRICT;

CREATE TABLE indicator (
    id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, place TEXT NOT NULL DEFAULT '', period TEXT NOT NULL DEFAULT '',
    value TEXT NOT NULL, unit TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE TABLE indicator_code (
    id INTEGER PRIMARY KEY AUTOINCREMENT, indicator_id INTEGER NOT NULL REFERENCES indicator (id) ON DELETE CASCADE,
    code_id INTEGER NOT NULL REFERENCES code (id) ON DELETE CASCADE,
    reading TEXT NOT NULL DEFAULT '' CHECK (reading IN ('', 'agrees', 'in part', 'differs')), note TEXT NOT NULL DEFAULT '',
    UNIQUE (indicator_id, code_id)) STRICT;
CREATE INDEX indicator_code_code ON indicator_code (code_id);
CREATE TABLE reference_figure (
    id INTEGER PRIMARY KEY AUTOINCREMENT, attribute_id INTEGER NOT NULL REFERENCES attribute (id) ON DELETE CASCADE,
    value TEXT NOT NULL, number TEXT NOT NULL, period TEXT NOT NULL DEFAULT '', source TEXT NOT NULL DEFAULT '',
    UNIQUE (attribute_id, value)) STRICT;

CREATE TABLE plan_entry (
    id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL CHECK (kind IN ('date', 'step')), name TEXT NOT NULL,
    at TEXT NOT NULL DEFAULT '', due TEXT NOT NULL DEFAULT '', who TEXT NOT NULL DEFAULT '', note TEXT NOT NULL DEFAULT '',
    position INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE TABLE frame (
    id INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE, at TEXT NOT NULL) STRICT;
CREATE TABLE worksheet (
    id INTEGER PRIMARY KEY AUTOINCREMENT, frame TEXT NOT NULL, sheet TEXT NOT NULL, name TEXT NOT NULL UNIQUE COLLATE NOCASE,
    source_id INTEGER REFERENCES source (id) ON DELETE CASCADE, position INTEGER NOT NULL DEFAULT 0) STRICT;
CREATE INDEX worksheet_source ON worksheet (source_id);
CREATE TABLE worksheet_answer (
    id INTEGER PRIMARY KEY AUTOINCREMENT, worksheet_id INTEGER NOT NULL REFERENCES worksheet (id) ON DELETE CASCADE,
    item TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL, UNIQUE (worksheet_id, item, field)) STRICT;
CREATE TABLE worksheet_passage (
    id INTEGER PRIMARY KEY AUTOINCREMENT, worksheet_id INTEGER NOT NULL REFERENCES worksheet (id) ON DELETE CASCADE,
    item TEXT NOT NULL, segment_id INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
    UNIQUE (worksheet_id, item, segment_id)) STRICT;
CREATE INDEX worksheet_passage_segment ON worksheet_passage (segment_id);
CREATE TABLE issue_code (
    id INTEGER PRIMARY KEY AUTOINCREMENT, frame TEXT NOT NULL, issue TEXT NOT NULL,
    code_id INTEGER NOT NULL REFERENCES code (id) ON DELETE CASCADE, UNIQUE (frame, issue, code_id)) STRICT;
CREATE INDEX issue_code_code ON issue_code (code_id);
"""


@migrations()
def first_tables(db: Database) -> None:
    """Version 1. Journalled tables hold only INTEGER and TEXT, so that their row images survive JSON exactly; their ids
    are never given twice, so that an id somebody still holds can never mean another thing.
    """
    _run(db, _TABLES)


@migrations()
def sections_and_types(db: Database) -> None:
    """Version 2. The moderator's guide, the sections of sources that answer its questions, and types of attributes."""
    _run(db, _SECTIONS)


@migrations()
def the_room(db: Database) -> None:
    """Version 3. Passages that lost their text and keep their quote; weights, codes set aside, links of memos, themes,
    saved queries; and the search index by line instead of by text. Foreign keys must be off: a table is rebuilt.
    """
    _run(db, _ROOM)
    for content, text in db.execute("SELECT id, text FROM content").fetchall():
        index_lines(db, content, text)


@migrations()
def counting(db: Database) -> None:
    """Version 4. Answers kept under a name, the summaries of a framework matrix with their passages, and how a third coder
    settled what two coded differently.
    """
    _run(db, _COUNTING)


@migrations()
def suggesting(db: Database) -> None:
    """Version 5. Passages a coder has passed over when a code was proposed for them; dismissals by each coder, with what they are
    about; and what was worked out of texts (`derived`: not journalled, can be thrown away at any time and made again).
    Foreign keys must be off: a table is rebuilt.
    """
    _run(db, _SUGGESTING)


@migrations()
def reporting(db: Database) -> None:
    """Version 6. The findings report: its parts and the author's words, chosen quotations, settled details; other evidence
    and reference figures; the plan; study frames with their worksheets; and which way a code points.
    """
    _run(db, _REPORTING)


def index_lines(db: Database, content: int, text: str) -> None:
    """Make the lines of a text that hold something findable."""
    for line in lines(text):
        words = line.of(text)
        if words.strip():
            cursor = db.execute(
                'INSERT INTO line (content_id, "start", "end") VALUES (?, ?, ?)', [content, line.start, line.end]
            )
            db.execute("INSERT INTO line_search (rowid, text) VALUES (?, ?)", [cursor.lastrowid, words])


def _run(db: Database, statements: str) -> None:
    for statement in statements.split(";\n"):
        if statement.strip():
            db.execute(statement)


def install_triggers(db: Database) -> None:
    """(Re)make the triggers that write every change of a journalled table into `change`.

    `current_action()` is given by the program's connection and is NULL outside an action, so that a
    write outside an action fails. Altering a table can drop its triggers: call this after migrating.
    """
    for table in JOURNALLED:
        columns = [row[1] for row in db.execute(f'PRAGMA table_info("{table}")')]
        for event, row, before, after in (
            ("INSERT", "new", "NULL", _image("new", columns)),
            ("UPDATE", "new", _image("old", columns), _image("new", columns)),
            ("DELETE", "old", _image("old", columns), "NULL"),
        ):
            db.execute(f"DROP TRIGGER IF EXISTS journal_{table}_{event.lower()}")
            db.execute(
                f"CREATE TRIGGER journal_{table}_{event.lower()} AFTER {event} ON {table} BEGIN "
                f"INSERT INTO change (action_id, tbl, row_id, before, after) "
                f"VALUES (current_action(), '{table}', {row}.id, {before}, {after}); END"
            )


def drop_triggers(db: Database) -> None:
    """Take the journal's triggers away while tables are altered: what brings a file up to date is no act of anybody."""
    for (name,) in db.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'journal_%'"
    ).fetchall():
        db.execute(f"DROP TRIGGER {name}")


def missing_triggers(db: Database) -> list[str]:
    """The journal triggers that are not there, by name."""
    there = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")}
    wanted = [f"journal_{table}_{event}" for table in JOURNALLED for event in ("insert", "update", "delete")]
    return [name for name in wanted if name not in there]


def set_undo_floor(db: Database) -> None:
    """From now on nothing that is in the trail can be undone: its row images are of older tables."""
    db.execute("UPDATE undo_floor SET action_id = (SELECT ifnull(max(id), 0) FROM action)")


def _image(row: str, columns: list[str]) -> str:
    pairs = ", ".join(f"'{column}', {row}.\"{column}\"" for column in columns)
    return f"json_object({pairs})"
