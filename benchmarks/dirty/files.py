"""The situations that the reader was written with; `unseen.py` holds those that it was only tried on."""

from benchmarks.dirty.case import Case, Cases, case, lines, nameless, text
from benchmarks.dirty.tables import Table, tables

T = tables()
MARKS = {"comma": ",", "semicolon": ";", "tab": "\t", "pipe": "|", "caret": "^", "tilde": "~"}
LONG_MARKS = {"two pipes": "||", "two colons": "::", "two semicolons": ";;", "tab pipe tab": "\t|\t", "tilde pipe tilde": "~|~",
              "broken bar": "¦", "control 1": "\x01", "unit separator": "\x1f", "space pipe space": " | ", "comma and space": ", "}  # fmt: skip


def delimiters() -> Cases:
    for name, mark in MARKS.items():
        for table in ("orders", "umsatz", "reviews", "events", "weblog", "sensors"):
            yield case("delimiter", f"{name} {table}", text(T[table], mark), T[table])
    for name, mark in LONG_MARKS.items():
        for table in ("orders", "ventes", "personal"):
            yield case("long delimiter", f"{name} {table}", text(T[table], mark, style="none"), T[table])
    for table in ("flowers", "ru_people", "pl_cities"):
        yield case("space", table, text(T[table], " "), T[table])
    flowers = T["flowers"]
    widths = [max(map(len, column)) for column in zip(*flowers.lines(), strict=True)]
    aligned = [
        "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in flowers.lines()
    ]
    yield case("space", "aligned left", "\n".join(aligned), flowers)
    aligned = [" ".join(c.rjust(w) for c, w in zip(row, widths, strict=True)) for row in flowers.lines()]
    yield case("space", "aligned right", "\n".join(aligned), flowers)
    for table in ("orders", "paises"):
        widths = [max(map(len, column)) for column in zip(*T[table].lines(), strict=True)]
        rows = [
            "   ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip()
            for row in T[table].lines()
        ]
        yield case("space", f"two or more {table}", "\n".join(rows) + "\n", T[table])
    for mark in (";", ",", "\t", "|"):
        yield case("sep line", repr(mark), f"sep={mark}\r\n" + text(T["umsatz"], mark, "\r\n"), T["umsatz"])


def quotes() -> Cases:
    for mark in (",", ";", "\t", "|"):
        for table in ("reviews", "notes", "events", "addresses"):
            name = f"{mark!r} {table}"
            yield case("all quoted", name, text(T[table], mark, style="all"), T[table])
            yield case("backslash", name, text(T[table], mark, style="all", escape="backslash"), T[table])
    for table in ("addresses", "reviews", "ventes"):
        yield case("single quotes", table, text(T[table], ",", quote="'", style="all"), T[table])
        yield case("single quotes minimal", table, text(T[table], ",", quote="'"), T[table])
    yield case("apostrophes", "orders", text(T["orders"], ";", style="none"), T["orders"])
    apostrophes = Table(
        ["id", "name"],
        [["1", "'n Sync"], ["2", "Rock 'n' Roll"], ["3", "'s-Hertogenbosch"], ["4", "Guns N'"]],
    )
    yield case("apostrophes", "at the beginning", text(apostrophes, ",", style="none"), apostrophes)
    for mark in (",", ";", "\t"):
        yield case(
            "unescaped quotes",
            f"reviews {mark!r}",
            text(T["reviews"], mark, style="all", escape="none"),
            T["reviews"],
        )
    inches = Table(
        ["item", "size", "n"],
        [["pipe", '5"', "1"], ["tube", '3/4"', "2"], ["rod", '10"', "3"], ["bar", "2 m", "4"]],
    )
    yield case("unescaped quotes", "inches", text(inches, ",", style="none"), inches)
    nicks = Table(
        ["name", "born"],
        [['Dwayne "The Rock" Johnson', "1972"], ['"Weird Al" Yankovic', "1959"], ["Madonna", "1958"]],
    )
    yield case("unescaped quotes", "nicknames", text(nicks, ";", style="none"), nicks)
    open_quote = 'id,text,n\n1,fine,5\n2,"never closed,6\n3,good,7\n4,bad,8\n5,"closed",9\n'
    yield case(
        "open quote",
        "later closed",
        open_quote,
        Table(
            ["id", "text", "n"],
            [
                ["1", "fine", "5"],
                ["2", '"never closed', "6"],
                ["3", "good", "7"],
                ["4", "bad", "8"],
                ["5", "closed", "9"],
            ],
        ),
    )
    yield case("text quoted", "orders", text(T["orders"], ",", style="text"), T["orders"])
    yield case("text quoted", "umsatz", text(T["umsatz"], ";", style="text", end="\r\n"), T["umsatz"])
    for mark in (",", ";", "|"):
        sep = mark + " "
        yield case("space after", f"quoted {mark}", text(T["addresses"], sep, style="all"), T["addresses"])


ENCODINGS = [
    ("orders", ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")),
    ("umsatz", ("utf-8-sig", "utf-16", "cp1252", "mac_roman")), ("ventes", ("cp1252", "utf-16", "mac_roman")),
    ("personal", ("cp1252", "latin-1")), ("paises", ("cp1252",)), ("zh_orders", ("utf-8-sig", "gb18030", "gbk", "utf-16")),
    ("tw_people", ("big5", "utf-16")), ("jp_goods", ("shift_jis", "euc_jp", "utf-8-sig")),
    ("ru_people", ("cp1251", "koi8_r", "utf-16", "cp866")), ("pl_cities", ("cp1250", "iso8859_2")),
]  # fmt: skip


def encodings() -> Cases:
    for table, names in ENCODINGS:
        for name in names:
            for mark in (";", "\t"):
                made = text(T[table], mark, "\r\n").encode(name)
                yield case("encoding", f"{name} {table} {mark!r}", made, T[table])
    for table, other in (
        ("umsatz", "cp1252"),
        ("ventes", "cp1252"),
        ("zh_orders", "gb18030"),
        ("ru_people", "cp1251"),
    ):
        made = [
            line.encode(other if place % 2 else "utf-8")
            for place, line in enumerate(lines(T[table].lines(), ";"))
        ]
        yield case("mixed encodings", table, b"\n".join(made) + b"\n", T[table])
    orders = lines(T["orders"].lines(), ",")
    orders[4] = "\ufeff" + orders[4]
    yield case("mark in the middle", "orders", "\n".join(orders), T["orders"])
    yield case("mark in the middle", "twice at the top", "\ufeff\ufeff" + text(T["orders"], ","), T["orders"])


def line_ends() -> Cases:
    for name, end in {
        "windows": "\r\n",
        "old mac": "\r",
        "unix": "\n",
        "twice": "\r\r\n",
        "separator": "\n\r",
    }.items():
        for table in ("orders", "sensors"):
            yield case("line ends", f"{name} {table}", text(T[table], ";", end), T[table])
    rows = lines(T["orders"].lines(), ",")
    ends = ["\n", "\r\n", "\r"]
    mixed = "".join(line + ends[place % 3] for place, line in enumerate(rows))
    yield case("line ends", "mixed three", mixed, T["orders"])
    yield case(
        "line ends", "mixed two", "".join(line + ends[p % 2] for p, line in enumerate(rows)), T["orders"]
    )
    yield case("line ends", "none at the end", text(T["orders"], ",", last=False), T["orders"])
    for name, gap in {"between all": "\n\n", "three": "\n\n\n\n", "with spaces": "\n   \n"}.items():
        yield case("empty lines", name, text(T["personal"], ";", gap), T["personal"])
    yield case("empty lines", "around", "\n\n\n" + text(T["ventes"], ";") + "\n\n  \n\n", T["ventes"])
    empties = text(T["orders"], ",") + ",,,,,\n" * 3
    yield case("empty lines", "of delimiters", empties, T["orders"])


def headers() -> Cases:
    for table in ("orders", "flowers", "sensors", "umsatz", "ru_people", "weblog"):
        rows = T[table].rows
        yield nameless("no header", table, "\n".join(lines(rows, ";")) + "\n", rows)
    years = Table(
        ["country", "2019", "2020", "2021"],
        [["Chad", "1.5", "1.7", "2.0"], ["Mali", "3.1", "3.3", "2.9"], ["Togo", "0.8", "0.9", "1.1"]],
    )
    yield case("header of years", "country", text(years, ","), years)
    yield case("header of years", "quoted", text(years, ";", style="all"), years)
    bare = Table(
        ["1990", "2000", "2010"], [["4.1", "4.5", "5.2"], ["3.0", "3.8", "4.4"], ["2.2", "2.9", "3.1"]]
    )
    yield case("header of years", "gaps of ten", text(bare, ","), bare)
    index = Table(
        ["column_1", *T["flowers"].header], [[str(i), *row] for i, row in enumerate(T["flowers"].rows)]
    )
    yield case("index column", "empty name", text(Table(["", *T["flowers"].header], index.rows), ","), index)
    short = "\n".join([lines([T["flowers"].header], " ")[0], *lines(index.rows, " ")])
    yield case("index column", "no name, spaces", short, index)
    short = "\n".join(
        [
            lines([T["paises"].header], ",", style="all")[0],
            *(f'"{i}",' + line for i, line in enumerate(lines(T["paises"].rows, ",", style="text"), 1)),
        ]
    )
    named = Table(
        ["column_1", *T["paises"].header], [[str(i), *row] for i, row in enumerate(T["paises"].rows, 1)]
    )
    yield case("index column", "no name, write.csv", short, named)
    yield case("all text", "colours", text(T["colours"], ","), T["colours"])
    yield case("all text", "colours tab", text(T["colours"], "\t"), T["colours"])
    people = Table(
        ["first", "last"],
        [["Ada", "Lovelace"], ["Alan", "Turing"], ["Grace", "Hopper"], ["Edsger", "Dijkstra"]],
    )
    yield case("all text", "names", text(people, ","), people)
    two = "Region,2022,,2023,\n,Men,Women,Men,Women\nNorth,120,130,125,128\nSouth,98,101,99,97\nEast,45,50,47,52\n"
    rows = [
        ["North", "120", "130", "125", "128"],
        ["South", "98", "101", "99", "97"],
        ["East", "45", "50", "47", "52"],
    ]
    yield case(
        "header of two lines",
        "spans",
        two,
        Table(["Region", "2022 Men", "2022 Women", "2023 Men", "2023 Women"], rows),
    )
    two = ";Bestand;;Umsatz;\nArtikel;Stück;Wert;Stück;Wert\nSchraube;120;13,0;125;12,8\nMutter;98;10,1;99;9,7\nDübel;45;5,0;47;5,2\n"
    rows = [
        ["Schraube", "120", "13,0", "125", "12,8"],
        ["Mutter", "98", "10,1", "99", "9,7"],
        ["Dübel", "45", "5,0", "47", "5,2"],
    ]
    yield case(
        "header of two lines",
        "first empty",
        two,
        Table(["Artikel", "Bestand Stück", "Bestand Wert", "Umsatz Stück", "Umsatz Wert"], rows),
    )
    units = "station,temperature,wind,rain\n,°C,m/s,mm\nBern,12.5,3.1,0.0\nGenf,14.1,2.2,1.4\nBasel,13.3,1.9,0.2\n"
    rows = [["Bern", "12.5", "3.1", "0.0"], ["Genf", "14.1", "2.2", "1.4"], ["Basel", "13.3", "1.9", "0.2"]]
    yield case(
        "units", "below names", units, Table(["station", "temperature °C", "wind m/s", "rain mm"], rows)
    )
    three = ";Bevölkerung;;;\n;2020;;2021;\nLand;m;w;m;w\nBayern;6,4;6,6;6,5;6,7\nHessen;3,0;3,1;3,1;3,2\nSachsen;2,0;2,1;2,0;2,0\n"
    rows = [
        ["Bayern", "6,4", "6,6", "6,5", "6,7"],
        ["Hessen", "3,0", "3,1", "3,1", "3,2"],
        ["Sachsen", "2,0", "2,1", "2,0", "2,0"],
    ]
    names = ["Land", "Bevölkerung 2020 m", "Bevölkerung 2020 w", "Bevölkerung 2021 m", "Bevölkerung 2021 w"]
    yield case("header of three lines", "statistics", three, Table(names, rows))


BANK = [
    "Kontoinhaber:;Erika Muster", "IBAN:;DE02 1203 0000 0000 2020 51", "Zeitraum:;01.01.2024 - 31.01.2024",
    "Kontostand vom 31.01.2024:;1.250,00 EUR",
]  # fmt: skip
BOOKINGS = Table(
    ["Buchungstag", "Empfänger", "Verwendungszweck", "Betrag (EUR)"],
    [["02.01.2024", "Stadtwerke", "Abschlag Januar", "-89,00"], ["03.01.2024", "Muster GmbH", "Gehalt; Dezember", "3.210,55"],
     ["05.01.2024", "REWE", "Einkauf", "-54,12"], ["09.01.2024", "Vermieter", "Miete", "-950,00"], ["12.01.2024", "Bahn", "Ticket", "-39,90"]],
)  # fmt: skip


def around() -> Cases:
    for table, mark in (("orders", ","), ("umsatz", ";"), ("personal", "\t"), ("zh_orders", ",")):
        body = text(T[table], mark)
        yield case("title", f"one {table}", "Report\n" + body, T[table])
        yield case(
            "title", f"two {table}", f"Quarterly report\nPrinted on 2024-02-01{mark}page 1\n" + body, T[table]
        )
        yield case("title", f"gap {table}", "Sales of the north\n\n" + body, T[table])
        wide = mark * (len(T[table].header) - 1)
        yield case("title", f"wide {table}", f"All sales{wide}\n{wide}\n" + body, T[table])
        note = body + "\nSource: own figures.\nNote: preliminary\n"
        yield case("notes below", f"gap {table}", note, T[table])
        yield case("notes below", f"wide {table}", body + f"{wide}\n* preliminary figures{wide}\n", T[table])
        yield case("notes below", f"close {table}", body + "Source: Office of Statistics\n", T[table])
        yield case("comments", f"# {table}", "# made by tool 1.2\n# 2024-05-01\n" + body, T[table])
        yield case("comments", f"% {table}", "% made by tool 1.2\n%\n" + body, T[table])
    totals = text(BOOKINGS, ";", "\r\n")
    yield case("bank", "above", "\r\n".join(BANK) + "\r\n\r\n" + totals, BOOKINGS)
    yield case("bank", "above without gap", "\r\n".join(BANK) + "\r\n" + totals, BOOKINGS)
    yield case(
        "bank", "above and below", "\r\n".join(BANK) + "\r\n\r\n" + totals + ";;Summe;2.077,53\r\n", BOOKINGS
    )
    yield case(
        "bank",
        "quoted",
        "\r\n".join(f'"{line.replace(";", chr(34) + ";" + chr(34))}"' for line in BANK)
        + "\r\n\r\n"
        + text(BOOKINGS, ";", "\r\n", style="all"),
        BOOKINGS,
    )
    sold = Table(
        ["item", "north", "south"],
        [["tea", "12", "7"], ["milk", "30", "21"], ["rice", "8", "9"], ["salt", "5", "4"]],
    )
    for word, sums in {
        "Total": ("55", "41"),
        "Summe": ("55", "41"),
        "合计": ("55", "41"),
        "": ("55", "41"),
    }.items():
        yield case("totals below", word or "nameless", text(sold, ",") + ",".join([word, *sums]) + "\n", sold)
    yield case("totals below", "after a gap", text(sold, ";") + "\nGesamt;55;41\n", sold)
    yield case("totals below", "and notes", text(sold, ";") + "Total;55;41\n\nStand: Mai 2024\n", sold)
    again = lines(T["orders"].lines(), ",")
    yield case(
        "repeated header",
        "orders",
        "\n".join([*again[:4], again[0], *again[4:6], again[0], *again[6:]]),
        T["orders"],
    )
    yield case(
        "repeated header",
        "colours",
        "\n".join(
            lines([*T["colours"].lines()[:4], *T["colours"].lines()[:1], *T["colours"].lines()[4:]], ";")
        ),
        T["colours"],
    )
    rows = lines(T["flowers"].lines(), ",")
    yield case(
        "comments",
        "in the middle",
        "\n".join([*rows[:3], "# moved to the new garden", *rows[3:]]),
        T["flowers"],
    )
    second = text(T["orders"], ",") + "\n\ncity,people\nRome,2.8\nOslo,0.7\n"
    yield case("several tables", "large first", second, T["orders"])
    third = text(T["orders"], ";") + "\nOther figures\ncity;people\nRome;2.8\nOslo;0.7\n"
    yield case("several tables", "titled", "Main figures\n" + third, T["orders"])
    same = (
        "\n".join(lines(T["orders"].lines()[:4], ","))
        + "\n\n"
        + "\n".join(lines([T["orders"].header, *T["orders"].rows[3:]], ","))
    )
    yield case("several tables", "one in two pieces", same, T["orders"])


def borders() -> Cases:
    for table in ("orders", "ventes", "colours"):
        every = T[table].lines()
        widths = [max(map(len, column)) for column in zip(*every, strict=True)]
        drawn = ["|" + "|".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + "|" for row in every]
        rule = "-" * len(drawn[0])
        yield case("borders", f"sap {table}", "\n".join([rule, drawn[0], rule, *drawn[1:], rule]), T[table])
        cross = "+" + "+".join("-" * (w + 2) for w in widths) + "+"
        drawn = [
            "| " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) + " |" for row in every
        ]
        yield case(
            "borders", f"mysql {table}", "\n".join([cross, drawn[0], cross, *drawn[1:], cross]), T[table]
        )
        down = "|" + "|".join("-" * (w + 2) for w in widths) + "|"
        yield case("borders", f"markdown {table}", "\n".join([drawn[0], down, *drawn[1:]]) + "\n", T[table])
        drawn = [" " + " | ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in every]
        down = "+".join("-" * (w + 2) for w in widths)
        yield case(
            "borders",
            f"psql {table}",
            "\n".join([drawn[0], down, *drawn[1:], f"({len(every) - 1} rows)"]) + "\n",
            T[table],
        )


def ragged() -> Cases:
    for mark in (",", ";", "\t"):
        body = lines(T["orders"].lines(), mark)
        trailing = "\n".join(line + mark for line in body)
        yield case("trailing delimiters", f"one {mark!r}", trailing, T["orders"])
        trailing = "\n".join(line + mark * 3 for line in body)
        yield case("trailing delimiters", f"three {mark!r}", trailing, T["orders"])
        trailing = "\n".join([body[0], *(line + mark for line in body[1:])])
        yield case("trailing delimiters", f"rows only {mark!r}", trailing, T["orders"])
        cut = [*body[:3], mark.join(body[3].split(mark)[:4]), *body[4:]]
        rows = [*T["orders"].rows[:2], [*T["orders"].rows[2][:4], "", ""], *T["orders"].rows[3:]]
        yield case("short rows", f"one {mark!r}", "\n".join(cut), Table(T["orders"].header, rows))
        long = [*body[:3], body[3] + mark + "extra", *body[4:]]
        rows = [[*row, "extra" if place == 2 else ""] for place, row in enumerate(T["orders"].rows)]
        yield case(
            "long rows", f"one {mark!r}", "\n".join(long), Table([*T["orders"].header, "column_7"], rows)
        )
    names = Table(
        ["id", "name", "age"],
        [
            ["1", "Ann", "34"],
            ["2", "Lee, Bo", "51"],
            ["3", "Cy", "27"],
            ["4", "O'Hara, Di", "44"],
            ["5", "Eve", "39"],
        ],
    )
    yield case("unquoted delimiters", "names", text(names, ",", style="none"), names)
    yield case("unquoted delimiters", "umsatz", text(Table(T["umsatz"].header, T["umsatz"].rows), ";", style="none").replace("Filter, groß", "Filter; groß"),
               Table(T["umsatz"].header, [[c.replace("Filter, groß", "Filter; groß") for c in row] for row in T["umsatz"].rows]))  # fmt: skip


def small() -> Cases:
    one = Table(
        ["comment"],
        [
            ["Well, I think so"],
            ["No"],
            ["Yes, yes, and yes"],
            ["Maybe; who knows?"],
            ["Call 555-1234, ext. 9"],
        ],
    )
    yield case("one column", "sentences", text(one, ",", style="none"), one)
    yield case("one column", "quoted sentences", text(one, ",", style="all"), one)
    numbers = Table(["value"], [["12.5"], ["13"], ["9.75"], ["10"]])
    yield case("one column", "numbers", text(numbers, ","), numbers)
    dates = Table(["when"], [["2024-01-01 10:00:00"], ["2024-01-02 11:30:00"], ["2024-01-03 09:15:30"]])
    yield case("one column", "moments", text(dates, ","), dates)
    amounts = Table(["Betrag"], [["1,50"], ["2,75"], ["13,00"], ["0,99"]])
    yield case("one column", "decimal commas", text(amounts, ";"), amounts)
    urls = Table(
        ["url"], [["https://example.com/a?x=1&y=2"], ["https://example.org/b,c"], ["http://test.example/~me"]]
    )
    yield case("one column", "addresses", text(urls, "\t"), urls)
    mails = Table(["email"], [["a.b@example.com"], ["c_d@example.org"], ["e-f@example.net"]])
    yield case("one column", "mails", text(mails, "\t"), mails)
    for table, mark in (("orders", ","), ("umsatz", ";"), ("zh_orders", "\t")):
        single = Table(T[table].header, T[table].rows[:1])
        yield case("one row", table, text(single, mark), single)
        yield case("one row", f"{table} windows", text(single, mark, "\r\n", style="all"), single)


def seen() -> list[Case]:
    """Every case of these situations."""
    return [
        c
        for make in (delimiters, quotes, encodings, line_ends, headers, around, borders, ragged, small)
        for c in make()
    ]
