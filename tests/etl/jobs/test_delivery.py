import pytest

from etl.jobs.delivery import check, deliver
from etl.warehouse import Warehouse, anyone
from tests.etl import files

EXAMPLE = "Exempeldata, påhittade siffror"


@pytest.fixture
def warehouse(tmp_path):
    return Warehouse(tmp_path / "warehouse")


def example(**parts):
    return [*files.row(**parts)[:-1], EXAMPLE]


@pytest.mark.parametrize(
    ("rows", "asked", "origin"),
    [
        ([files.row(), files.row(area="1401")], "uploaded", "uploaded"),
        ([files.row(), files.row(area="1401")], "published", "published"),
        ([example(), example(area="1401")], "uploaded", "example"),
        ([files.row(), files.row(area="1401")], "example", "example"),
    ],
)
def test_rows_have_one_origin(knowledge, rows, asked, origin):
    checked = check(files.csv(rows), knowledge, origin=asked)
    assert checked.ok
    assert checked.origin == origin
    assert set(checked.observations["origin"]) == {origin}


def test_every_problem_is_told_at_once(knowledge):
    rows = [
        files.row(area="1410"),
        files.row(value="101"),
        files.row(value="elva", area="1401"),
        files.row(indicator="okänd", area="1402"),
        files.row(area="1415"),
        files.row(area="1415"),
    ]
    report = check(files.csv(rows), knowledge).report
    assert set(report.errors["row"]) == {2, 3, 4, 5, 6, 7}
    assert report.errors["code"].n_unique() == 5


def test_a_row_that_cannot_be_read_spares_the_sums(knowledge):
    rows = [files.money("A", "81314000"), files.money("B", "niohundra")]
    codes = check(files.csv(rows, headings=files.MONEY_HEADINGS), knowledge).report.errors["code"].to_list()
    assert "allocation_sum" not in codes
    assert len(codes) == 1


def test_nothing_is_stored_of_a_file_with_errors(knowledge, warehouse):
    content = files.csv([files.row(), files.row(area="1410")])
    outcome = deliver(
        content, "a.csv", knowledge=knowledge, warehouse=warehouse, by="Åsa", publish=True, permit=anyone
    )
    assert (outcome.receipt, outcome.comparison, outcome.checked.ok) == (None, None, False)
    assert warehouse.version == 0


def test_storing_and_publishing_is_one_step(knowledge, warehouse):
    content = files.csv([files.row()])
    outcome = deliver(
        content,
        "a.csv",
        knowledge=knowledge,
        warehouse=warehouse,
        by="Åsa",
        publish=True,
        note="maj",
        permit=anyone,
    )
    assert (outcome.receipt.status, warehouse.version) == ("published", 1)
    assert warehouse.original(outcome.receipt.batch) == content
    batch = warehouse.batches().row(0, named=True)
    assert (batch["name"], batch["jobs"], batch["note"]) == ("a.csv", ["accessibility"], "maj")


def test_the_same_bytes_under_another_name_store_nothing(knowledge, warehouse):
    content = files.csv([files.row()])
    for name in ("a.csv", "b.csv"):
        outcome = deliver(content, name, knowledge=knowledge, warehouse=warehouse, by="Åsa", permit=anyone)
    assert outcome.receipt.already_delivered
    assert (warehouse.version, warehouse.batches().height) == (1, 1)


def test_warnings_are_kept_with_the_batch(knowledge, warehouse):
    content = files.csv([files.row("vardgaranti-operation-vantande", "14")])
    outcome = deliver(content, "a.csv", knowledge=knowledge, warehouse=warehouse, by="Åsa", permit=anyone)
    assert outcome.checked.report.warnings["code"].to_list() == ["counterpart_missing"]
    assert warehouse.problems(outcome.receipt.batch)["code"].to_list() == ["counterpart_missing"]


def test_each_step_is_told(knowledge, warehouse):
    steps = []
    deliver(
        files.csv([files.row()]), "a.csv", knowledge=knowledge, warehouse=warehouse, by="Åsa",
        on_step=steps.append, permit=anyone,
    )  # fmt: skip
    assert steps == [
        "Öppnar filen", "Känner igen filen", "Tolkar raderna", "Kontrollerar raderna",
        "Jämför med det publicerade", "Lagrar",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "name", ["fohm_covid19_vaccine_2021-06-10.xlsx", "fohm_covid19_vaccine_2022-10-27.xlsx"]
)
def test_real_workbooks_have_no_errors(knowledge, shared_data, name):
    checked = check((shared_data / name).read_bytes(), knowledge)
    assert checked.ok
    assert checked.jobs == ("vaccination",)
    assert set(checked.observations["area"]) == {area.id for area in knowledge.catalogue.municipalities}


def test_only_the_age_groups_that_the_bands_make(knowledge, shared_data):
    def ages(name):
        rows = check((shared_data / name).read_bytes(), knowledge).observations
        return {
            indicator: sorted(rows.filter(indicator=indicator)["age"].unique())
            for indicator in rows["indicator"].unique()
        }

    assert ages("fohm_covid19_vaccine_2021-06-10.xlsx") == {
        "covid19-minst-1-dos": ["18+", "60+", "70+"],
        "covid19-minst-2-doser": ["18+", "60+", "70+"],
    }
    assert ages("fohm_covid19_vaccine_2022-10-27.xlsx") == {
        "covid19-minst-1-dos": ["12+", "18+", "60+", "70+"],
        "covid19-minst-2-doser": ["12+", "18+", "60+", "70+"],
        "covid19-dos-3": ["18+", "60+", "70+"],
    }
