import pytest

from tools.sources import complaints_about, main


def test_tracked_files_hold_nothing_of_one_machine_and_no_work_put_off():
    main()


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("open('/ho" + "me/ana/x')", "a path of one machine"),
        ("index = https://py" + "pi.org/simple", "a package registry's address"),
        ("# TO" + "DO later", "work put off"),
        ("{% blocktranslate count n=n %}", "blocktranslate without trimmed"),
    ],
)
def test_forbidden_line_is_found_with_its_number(line, complaint):
    assert list(complaints_about("templates/page.html", f"first\n{line}\n")) == [(2, complaint)]


@pytest.mark.parametrize("line", ["{% blocktranslate trimmed count n=n %}", "/en/home/", "Método: todo", "https://example.org/home/x"])
def test_ordinary_line_is_left_alone(line):
    assert list(complaints_about("templates/page.html", line)) == []
