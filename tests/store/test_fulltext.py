"""The full-text index on both databases: what is found, by whom, in which order, and what is left after removal."""

import os

import pytest
from sqlalchemy import Column, Integer, MetaData, Table, Text, create_engine, event, inspect, select, text

from listing.store import fulltext
from listing.store.fulltext import Document, Kind
from listing.store.fulltext import search as searching

COMPANY = Kind.COMPANY
DATABASES = ["sqlite"] + (["postgresql"] if os.environ.get("TEST_POSTGRES_URL") else [])
SCHEMA = f"fulltext_{os.getpid()}"  # the tests of several processes share a server

TENCENT = Document(
    COMPANY, 1, ("騰訊控股有限公司", "腾讯", "Tencent Holdings Limited"), "00700 HKEX", "深圳的社交网络 and games"
)
DJI = Document(
    COMPANY,
    2,
    ("深圳市大疆创新科技有限公司", "大疆创新", "SZ DJI Technology Co., Ltd."),
    "",
    "无人机 for surveyors; a partner of Tencent, 腾讯控股有限公司的伙伴",
)
PING_AN = Document(
    COMPANY, 3, ("中国平安保险（集团）股份有限公司", "Ping An Insurance"), "601318 SSE", "保险，科技，创新"
)
YOSHINOYA = Document(COMPANY, 4, ("𠮷野家", "Yoshinoya"), "", "牛肉饭")
ALL = (TENCENT, DJI, PING_AN, YOSHINOYA)


@pytest.fixture(params=DATABASES)
def engine(request, tmp_path):
    if request.param == "sqlite":
        engine = create_engine(f"sqlite:///{tmp_path}/index.sqlite3")
        yield engine
        engine.dispose()
        return
    engine = create_engine(os.environ["TEST_POSTGRES_URL"])

    @event.listens_for(engine, "connect")
    def _own_schema(connection, _record):
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
        connection.execute(f"SET search_path TO {SCHEMA}")
        connection.commit()

    yield engine
    with engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {SCHEMA} CASCADE"))
    engine.dispose()


@pytest.fixture
def connection(engine):
    with engine.connect() as connection:
        fulltext.create(connection)
        yield connection


@pytest.fixture
def indexed(connection):
    fulltext.put_many(connection, ALL)
    return connection


def newest(connection, query, **options):
    return [hit.row_id for hit in fulltext.newest(connection, query, **{"kind": COMPANY, "tier": 0} | options)]


def best(connection, query, **options):
    return [hit.row_id for hit in fulltext.best(connection, query, **{"kind": COMPANY, "tier": 0} | options)]


FOUND = [
    ("腾讯", {1, 2}),
    ("騰訊", {1, 2}),
    ("讯", {1, 2}),
    ("大疆", {2}),
    ("疆", {2}),
    ("创新", {2, 3}),
    ("保险科技", set()),  # a comma stands between them
    ("科技有限公司", {2}),
    ("技有限", {2}),
    ("有限公司", {1, 2, 3}),
    ("中国平安保险集团股份有限公司", {3}),  # the whole name without its brackets
    ("𠮷", {4}),
    ("𠮷野", {4}),
    ("家", {4}),
    ("tencent", {1, 2}),
    ("TENCENT Games", {1}),
    ("深圳 tencent", {1, 2}),
    ("深圳 games", {1}),
    ("games 无人机", set()),
    ("tenc", set()),
    ("Co., Ltd.", {2}),
    ("ltd", {1, 2}),
    ("700", {1}),
    ("0700", {1}),
    ("00700", {1}),
    ("601318", {3}),
    ("tengxun", {1}),
    ("teng xun", {1}),
    ("xun", {1}),
    ("txkg", {1}),
    ("tx", {1}),
    ("djcx", {2}),
    ("szsdjcx", {2}),
    ("pingan", {3}),
    ("shejiao", set()),  # texts are not read aloud, names are
    ("", set()),
    ("，", set()),
]


@pytest.mark.parametrize(("query", "rows"), FOUND, ids=[query or "empty" for query, _ in FOUND])
def test_a_query_finds_exactly_these_rows_in_both_orders(indexed, query, rows):
    assert newest(indexed, query) == sorted(rows, reverse=True)
    assert sorted(best(indexed, query)) == sorted(rows)
    assert fulltext.count(indexed, query, kind=COMPANY, tier=0) == fulltext.Count(len(rows), more=False)


HOSTILE = [
    "AND",
    "NOT tencent",
    '" OR 1=1 --',
    "tencent*",
    "^tencent",
    "name:tencent",
    "{name}: tencent",
    "NEAR(tencent games, 2)",
    "tencent & !games | games <-> x:*A",
    "'; DROP TABLE fulltext; --",
    "\\' \\",
    "\0tencent\0",
    "\u202etencent\u202c",
    "\ud800",
    "(" * 500,
    "深" * 100_000,
    "a " * 50_000,
    "＝腾讯",
    "～teng",
    "＾tx",
    "%s :query {0}",
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_nothing_typed_is_an_operator_or_an_error(indexed, query):
    letters = "".join(char if char.isalnum() else " " for char in query)
    assert newest(indexed, query) == newest(indexed, letters)
    assert best(indexed, query) == best(indexed, letters)
    assert newest(indexed, "games") == [1]


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("腾讯控股有限公司", 1),
        ("腾讯", 1),
        ("Tencent", 1),
        ("Tencent Holdings Ltd", 1),
        ("大疆创新", 2),
        ("ping an", 3),
    ],
)
def test_a_name_comes_before_a_mention(indexed, query, first):
    assert best(indexed, query)[0] == first


def test_names_come_before_titles_and_titles_before_texts(connection):
    for row_id, fields in enumerate(
        [
            {"names": ("甲",), "text": "桥梁 bridge"},
            {"names": ("乙",), "title": "桥梁 bridge"},
            {"names": ("老桥梁", "Old Bridge")},
            {"names": ("桥梁工程", "Bridge Works")},
            {"names": ("桥梁", "Bridge")},
        ],
        start=1,
    ):
        fulltext.put(connection, Document(COMPANY, row_id, **fields))
    assert best(connection, "桥梁") == [5, 4, 3, 2, 1]
    assert best(connection, "bridge") == [5, 4, 3, 2, 1]


def test_pages_follow_one_another_in_both_orders(connection):
    fulltext.put_many(
        connection, [Document(COMPANY, n, (f"湾桥{n}号",), "", "大湾区 " * (n % 5)) for n in range(1, 41)]
    )
    fulltext.put(connection, Document(COMPANY, 41, ("别家",), "", "提到湾桥"), Document(COMPANY, 42, ("湾桥",)))
    for order in (fulltext.newest, fulltext.best):
        whole = order(connection, "湾桥", kind=COMPANY, tier=0, limit=100)
        paged, after = [], ""
        while hits := order(connection, "湾桥", kind=COMPANY, tier=0, limit=7, after=after):
            paged += hits
            after = hits[-1].cursor
        assert [hit.row_id for hit in paged] == [hit.row_id for hit in whole]
        assert sorted(hit.row_id for hit in whole) == list(range(1, 43))
    assert newest(connection, "湾桥", limit=100) == list(range(42, 0, -1))
    assert best(connection, "湾桥", limit=100)[0] == 42
    assert best(connection, "湾桥", limit=100)[-1] == 41


@pytest.mark.parametrize("cursor", ["x", "1_nan_x", "_", "9" * 40, "-1", "١", "0_1e999_1", "'"])
def test_a_cursor_that_is_none_counts_as_absent_or_finds_nothing(indexed, cursor):
    assert newest(indexed, "腾讯", after=cursor) in ([2, 1], [])
    assert set(best(indexed, "腾讯", after=cursor)) <= {1, 2}


def test_a_count_stops(connection):
    fulltext.put_many(connection, [Document(COMPANY, n, ("湾桥",)) for n in range(1, 31)])
    assert fulltext.count(connection, "湾桥", kind=COMPANY, tier=0, most=10) == fulltext.Count(10, more=True)
    assert fulltext.count(connection, "湾桥", kind=COMPANY, tier=0, most=30) == fulltext.Count(30, more=False)


def test_a_reader_finds_what_their_tier_sees_and_each_row_once(connection):
    fulltext.put(
        connection,
        Document(COMPANY, 7, ("湾桥",), "", "公开", highest=1),
        Document(COMPANY, 7, ("湾桥",), "", "公开 估值九亿", lowest=2),
    )
    assert [newest(connection, "估值", tier=tier) for tier in range(4)] == [[], [], [7], [7]]
    assert [best(connection, "湾桥 公开", tier=tier) for tier in range(4)] == [[7], [7], [7], [7]]
    with pytest.raises(ValueError, match="tier"):
        newest(connection, "估值", tier=4)


def test_a_language_narrows_to_documents_with_that_side(connection):
    for row_id, language in enumerate(("zh", "en", ""), start=1):
        fulltext.put(connection, Document(COMPANY, row_id, ("湾桥",), language=language))
    assert newest(connection, "湾桥", language="zh") == [3, 1]
    assert newest(connection, "湾桥", language="en") == [3, 2]
    assert best(connection, "湾桥", language="en") == [3, 2]


def test_putting_again_replaces_and_removing_leaves_nothing(indexed):
    fulltext.put(indexed, Document(COMPANY, 1, ("湾桥",), "", "改名"))
    assert (newest(indexed, "tencent"), newest(indexed, "tengxun"), newest(indexed, "湾桥")) == ([2], [], [1])
    for row_id in (1, 2, 3, 4):
        fulltext.remove(indexed, COMPANY, row_id)
        fulltext.remove(indexed, COMPANY, row_id)
    assert [newest(indexed, query) for query, _ in FOUND] == [[] for _ in FOUND]
    assert indexed.execute(text("SELECT count(*) FROM fulltext")).scalar() == 0


def test_a_full_batch_is_kept_with_a_dictionary_and_still_removed(connection):
    made = [Document(COMPANY, n, (f"湾桥{n}号科技有限公司",), "", "大湾区 technology " * 5) for n in range(1, 502)]
    assert fulltext.put_many(connection, made) == 501
    fulltext.put(connection, made[0])
    for n in (1, 2, 501):
        fulltext.remove(connection, COMPANY, n)
    assert newest(connection, "technology", limit=1000) == list(range(500, 2, -1))
    fulltext.clear(connection)
    assert newest(connection, "technology") == []
    assert fulltext.put_many(connection, made[:3]) == 3
    assert newest(connection, "湾桥") == [3, 2, 1]


def test_a_rollback_takes_the_index_with_it(engine):
    with engine.begin() as connection:
        fulltext.create(connection)
        fulltext.put(connection, TENCENT)
    with engine.connect() as connection:
        fulltext.put(connection, DJI)
        fulltext.remove(connection, COMPANY, 1)
        connection.rollback()
        assert newest(connection, "腾讯") == [1]


@pytest.mark.parametrize("wrong", [{"row_id": 0}, {"row_id": 1 << 48}, {"lowest": 4}, {"lowest": 2, "highest": 1}])
def test_a_document_without_a_number_is_refused(connection, wrong):
    with pytest.raises(ValueError, match="no number"):
        fulltext.put(connection, Document(**{"kind": COMPANY, "row_id": 1, "names": ("湾桥",)} | wrong))


def test_the_highest_row_has_its_own_number(connection):
    highest = (1 << 48) - 1
    fulltext.put(connection, Document(COMPANY, highest, ("湾桥",)), Document(COMPANY, highest - 1, ("湾桥",)))
    assert newest(connection, "湾桥") == [highest, highest - 1]


def test_any_text_can_be_indexed(connection):
    hostile = "\0 \ud800 \u202e ' \\ \" <-> " + "深圳科技, word" * 20_000
    fulltext.put(connection, Document(COMPANY, 1, (hostile, ""), hostile, hostile))
    assert newest(connection, "圳科技 word") == [1]
    fulltext.remove(connection, COMPANY, 1)
    assert newest(connection, "word") == []


def test_a_word_without_an_end_hinders_no_document(connection):
    endless = "𠮷a" * 1_500
    fulltext.put(connection, Document(COMPANY, 1, ("Endless",), "", f"{endless} {'x' * 3_000}"))
    assert newest(connection, "endless") == [1]
    fulltext.remove(connection, COMPANY, 1)
    assert newest(connection, "endless") == []


def test_matches_join_the_rows_of_a_package(indexed):
    metadata = MetaData()
    rows = Table("sample", metadata, Column("id", Integer, primary_key=True), Column("city", Text))
    metadata.create_all(indexed)
    indexed.execute(rows.insert(), [{"id": n, "city": "深圳" if n < 3 else "上海"} for n in range(1, 5)])
    found = fulltext.found(indexed, "有限公司", kind=COMPANY, tier=0)
    asked = select(rows.c.id).join(found, found.c.row_id == rows.c.id).where(rows.c.city == "深圳")
    asked = asked.order_by(found.c.number.desc()).limit(25)
    assert indexed.execute(asked).scalars().all() == [2, 1]
    nothing = fulltext.found(indexed, "?!", kind=COMPANY, tier=0)
    assert indexed.execute(select(nothing)).all() == []
    if indexed.dialect.name == "sqlite":
        compiled = asked.compile(indexed, compile_kwargs={"literal_binds": True})
        plan = indexed.exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}").all()
        assert [step[-1] for step in plan if "TEMP B-TREE" in step[-1]] == []


def test_only_the_newest_matches_of_a_rank_are_weighed(connection, monkeypatch):
    monkeypatch.setattr(searching, "RANKED", 6)
    fulltext.put_many(connection, [Document(COMPANY, n, (f"甲{n}",), "", "湾桥") for n in range(1, 21)])
    fulltext.put(connection, Document(COMPANY, 21, ("湾桥",)))
    assert best(connection, "湾桥")[0] == 21
    assert sorted(best(connection, "湾桥")) == [16, 17, 18, 19, 20, 21]


def test_models_create_and_drop_the_index(engine):
    metadata = MetaData()
    Table("sample", metadata, Column("id", Integer, primary_key=True))
    fulltext.attach(metadata)
    metadata.create_all(engine)
    tables = set(inspect(engine).get_table_names())
    assert "fulltext" in tables
    assert {name for name in tables if not fulltext.is_index_table(name)} == {"sample"}
    metadata.drop_all(engine)
    assert inspect(engine).get_table_names() == []
