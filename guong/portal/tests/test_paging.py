from guong.portal.kinds.paging import SIZE, leaves


def shown(count: int) -> list[tuple]:
    return [(one.path, one.rows, one.newer, one.older) for one in leaves([*range(count)], "/x/")]


def test_a_short_list_is_one_leaf():
    assert shown(0) == [("/x/", [], "", "")]
    assert shown(SIZE * 2 - 1) == [("/x/", [*range(SIZE * 2 - 1)], "", "")]


def test_what_is_new_changes_the_first_leaf_only_until_it_is_full():
    before, after = shown(SIZE * 3 - 2), shown(SIZE * 3 - 1)

    assert [len(rows) for _, rows, _, _ in after] == [SIZE * 2 - 1, SIZE]
    # Rows are counted from the newest: one more on top moves each number by one.
    assert [path for path, *_ in before] == [path for path, *_ in after] == ["/x/", "/x/trang/1/"]
    assert [row + 1 for row in before[1][1]] == after[1][1]


def test_each_leaf_knows_its_neighbours():
    assert [(path, newer, older) for path, _, newer, older in shown(SIZE * 4)] == [
        ("/x/", "", "/x/trang/3/"),
        ("/x/trang/3/", "/x/", "/x/trang/2/"),
        ("/x/trang/2/", "/x/trang/3/", "/x/trang/1/"),
        ("/x/trang/1/", "/x/trang/2/", ""),
    ]
