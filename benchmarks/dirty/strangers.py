"""A second set that was written after the reader could read the first two: what other people's programs write."""

from benchmarks.dirty.case import Case, Cases, case, lines, nameless, text
from benchmarks.dirty.tables import Table, tables

T = tables()


def _t(header: str, *rows: str, mark: str = "|") -> Table:
    return Table(header.split(mark), [row.split(mark) for row in rows])


def programs() -> Cases:
    trends = "Category: All categories\n\nWeek,python: (Worldwide),rust: (Worldwide)\n2024-01-07,80,12\n2024-01-14,78,13\n2024-01-21,83,13\n"
    yield case(
        "program",
        "trends",
        trends,
        _t(
            "Week|python: (Worldwide)|rust: (Worldwide)",
            "2024-01-07|80|12",
            "2024-01-14|78|13",
            "2024-01-21|83|13",
        ),
    )
    linked = 'Notes:\n"When exporting your data, you may notice that some emails are missing."\n\nFirst Name,Last Name,Company,Connected On\nAnn,Lee,"Acme, Inc.",03 Mar 2024\nBo,Chen,,01 Feb 2024\nCy,Young,Globex,15 Jan 2024\n'
    yield case(
        "program",
        "network",
        linked,
        _t(
            "First Name|Last Name|Company|Connected On",
            "Ann|Lee|Acme, Inc.|03 Mar 2024",
            "Bo|Chen||01 Feb 2024",
            "Cy|Young|Globex|15 Jan 2024",
        ),
    )
    dkb = '"Kontonummer:";"DE12345 / Girokonto";\n\n"Von:";"01.01.2024";\n"Bis:";"31.01.2024";\n"Kontostand vom 31.01.2024:";"1.234,56 EUR";\n\n"Buchungstag";"Wertstellung";"Auftraggeber";"Betrag (EUR)";\n"31.01.2024";"31.01.2024";"Bäckerei";"-4,20";\n"30.01.2024";"30.01.2024";"Arbeitgeber AG";"2.500,00";\n"29.01.2024";"29.01.2024";"Stadt";"-19,00";\n'
    rows = _t(
        "Buchungstag|Wertstellung|Auftraggeber|Betrag (EUR)",
        "31.01.2024|31.01.2024|Bäckerei|-4,20",
        "30.01.2024|30.01.2024|Arbeitgeber AG|2.500,00",
        "29.01.2024|29.01.2024|Stadt|-19,00",
    )
    yield case("program", "german bank", dkb, rows, "cp1252")
    un = '"Country or Area","Year","Value","Value Footnotes"\n"Chad","2020","16.6",""\n"Mali","2020","21.2","1"\n"Togo","2020","8.4",""\n\n"fnSeqID","Footnote"\n"1","Estimate."\n'
    yield case(
        "program",
        "footnotes as a table",
        un,
        _t(
            "Country or Area|Year|Value|Value Footnotes",
            "Chad|2020|16.6|",
            "Mali|2020|21.2|1",
            "Togo|2020|8.4|",
        ),
    )
    eurostat = "unit,geo\\time\t2021 \t2020 \t2019 \nNR,AT\t12.3 p\t11.9 \t: \nNR,BE\t9.1 \t8.8 b\t8.9 \nNR,SE\t7.7 \t7.5 \t7.4 \n"
    yield case(
        "program",
        "eurostat",
        eurostat,
        Table(
            ["unit,geo\\time", "2021", "2020", "2019"],
            [
                ["NR,AT", "12.3 p", "11.9 ", ": "],
                ["NR,BE", "9.1 ", "8.8 b", "8.9 "],
                ["NR,SE", "7.7 ", "7.5 ", "7.4 "],
            ],
        ),
    )
    apache = '127.0.0.1 - frank [10/Oct/2000:13:55:36] "GET /a.gif HTTP/1.0" 200 2326\n10.0.0.2 - - [10/Oct/2000:13:56:01] "POST /login HTTP/1.1" 302 12\n10.0.0.3 - ann [10/Oct/2000:13:57:44] "GET / HTTP/1.1" 200 512\n'
    yield nameless(
        "log",
        "web server",
        apache,
        [
            ["127.0.0.1", "-", "frank", "[10/Oct/2000:13:55:36]", "GET /a.gif HTTP/1.0", "200", "2326"],
            ["10.0.0.2", "-", "-", "[10/Oct/2000:13:56:01]", "POST /login HTTP/1.1", "302", "12"],
            ["10.0.0.3", "-", "ann", "[10/Oct/2000:13:57:44]", "GET / HTTP/1.1", "200", "512"],
        ],
    )
    process = "  PID USER     %CPU COMMAND\n    1 root      0.0 init\n  212 daemon    0.3 cron\n 4711 ann      12.5 python\n"
    yield case(
        "log",
        "processes",
        process,
        _t("PID|USER|%CPU|COMMAND", "1|root|0.0|init", "212|daemon|0.3|cron", "4711|ann|12.5|python"),
    )
    fixed = "id    name          city      n\n1     Ann Lee       Rome      5\n2     Bo Chen       New York  12\n3     Cy                      7\n4     Di Park       Oslo      3\n"
    yield case(
        "fixed width",
        "with an empty cell",
        fixed,
        _t("id|name|city|n", "1|Ann Lee|Rome|5", "2|Bo Chen|New York|12", "3|Cy||7", "4|Di Park|Oslo|3"),
    )
    ruled = "name       age  town\n---------  ---  -----\nAnn Lee    34   Rome\nBo         28   Oslo\nCy Young   51   Bern\n"
    yield case(
        "fixed width",
        "with rules",
        ruled,
        _t("name|age|town", "Ann Lee|34|Rome", "Bo|28|Oslo", "Cy Young|51|Bern"),
    )
    numbers = "  1.00,  2.50,  3.25\n 10.00, 20.50, 30.25\n100.00,200.50,300.25\n"
    yield nameless(
        "space after",
        "right aligned numbers",
        numbers,
        [["1.00", "2.50", "3.25"], ["10.00", "20.50", "30.25"], ["100.00", "200.50", "300.25"]],
    )
    wrapped = '"id,name,age"\n"1,""Lee, Ann"",34"\n"2,Bo,28"\n"3,""Young, Cy"",51"\n'
    yield case(
        "wrapped", "lines in quotes", wrapped, _t("id|name|age", "1|Lee, Ann|34", "2|Bo|28", "3|Young, Cy|51")
    )
    wrapped = '"id;name;age"\n"1;Ann;34"\n"2;Bo;28"\n"3;Cy;51"\n'
    yield case("wrapped", "semicolons", wrapped, _t("id|name|age", "1|Ann|34", "2|Bo|28", "3|Cy|51"))
    dos = text(T["orders"], ",", "\r\n") + "\x1a"
    yield case("end of file", "of dos", dos, T["orders"])
    curly = "“id”,“name”,“n”\n“1”,“Lee, Ann”,“3”\n“2”,“Bo”,“4”\n“3”,“Cy”,“5”\n"
    yield case("curly quotes", "all", curly, _t("id|name|n", "1|Lee, Ann|3", "2|Bo|4", "3|Cy|5"))
    left = "|id|name|n\n|1|Ann|3\n|2|Bo|4\n|3|Cy|5\n"
    yield case("borders", "left only", left, _t("id|name|n", "1|Ann|3", "2|Bo|4", "3|Cy|5"))
    right = "id|name|n|\n1|Ann|3|\n2|Bo|4|\n3|Cy|5|\n"
    yield case("borders", "right only", right, _t("id|name|n", "1|Ann|3", "2|Bo|4", "3|Cy|5"))
    boxes = "┌────┬──────┐\n│ id │ name │\n├────┼──────┤\n│ 1  │ Ann  │\n│ 2  │ Bo   │\n│ 3  │ Cy   │\n└────┴──────┘\n"
    yield case("borders", "boxes", boxes, _t("id|name", "1|Ann", "2|Bo", "3|Cy"))
    pages = "Stock list   page 1\nitem;n;price\ntea;12;1,50\nmilk;30;0,99\nStock list   page 2\nitem;n;price\nrice;8;2,10\nsalt;5;0,40\n"
    yield case(
        "pages",
        "title and header again",
        pages,
        _t("item|n|price", "tea|12|1,50", "milk|30|0,99", "rice|8|2,10", "salt|5|0,40"),
    )


def heads() -> Cases:
    wide = "product,2024-01-01,2024-02-01,2024-03-01\ntea,5.1,6,7\nmilk,8,9.5,9\nrice,4,4,5\n"
    yield case(
        "header of dates",
        "months",
        wide,
        _t("product|2024-01-01|2024-02-01|2024-03-01", "tea|5.1|6|7", "milk|8|9.5|9", "rice|4|4|5"),
    )
    quarters = "region;2022;2022;2023;2023\n;Q1;Q2;Q1;Q2\nNord;5,1;6,2;7,0;7,1\nSüd;8,0;9,5;9,1;9,2\nWest;4,4;4,5;5,0;5,2\n"
    yield case(
        "header of two lines",
        "names repeated",
        quarters,
        _t(
            "region|2022 Q1|2022 Q2|2023 Q1|2023 Q2",
            "Nord|5,1|6,2|7,0|7,1",
            "Süd|8,0|9,5|9,1|9,2",
            "West|4,4|4,5|5,0|5,2",
        ),
    )
    below = "Sales report 2024,,,,\n,,,,\n,North,,South,\nMonth,Units,Value,Units,Value\nJan,5,50.5,7,70.1\nFeb,6,60.5,8,80.1\nMar,7,70.5,9,90.2\nTotal,18,181.5,24,240.4\n"
    yield case(
        "header of two lines",
        "title and totals",
        below,
        _t(
            "Month|North Units|North Value|South Units|South Value",
            "Jan|5|50.5|7|70.1",
            "Feb|6|60.5|8|80.1",
            "Mar|7|70.5|9|90.2",
        ),
    )
    broken = '"Unit\nprice";"Quantity\n(pcs)";Item\n1,50;12;tea\n0,99;30;milk\n2,10;8;rice\n'
    yield case(
        "line break in a name",
        "two",
        broken,
        _t("Unit price|Quantity (pcs)|Item", "1,50|12|tea", "0,99|30|milk", "2,10|8|rice"),
    )
    mixed = '"id";"name";"n"\n1;Ann;5\n2;Bo;6\n3;Cy;7\n'
    yield case("text quoted", "header only", mixed, _t("id|name|n", "1|Ann|5", "2|Bo|6", "3|Cy|7"))
    twice = "id,value,value,\n1,5,6,x\n2,7,8,y\n3,9,1,z\n"
    yield case(
        "names",
        "twice and empty",
        twice,
        Table(
            ["id", "value", "value_2", "column_4"],
            [["1", "5", "6", "x"], ["2", "7", "8", "y"], ["3", "9", "1", "z"]],
        ),
    )
    merged = "region,city,n\nNorth,Oslo,5\n,Bergen,6\n,Tromsø,7\nSouth,Rome,8\n,Bari,9\n"
    yield case(
        "merged cells",
        "row labels",
        merged,
        _t("region|city|n", "North|Oslo|5", "|Bergen|6", "|Tromsø|7", "South|Rome|8", "|Bari|9"),
    )
    texts = "question,answer,category\nWhat is AI?,A field,tech\nWho was Bach?,A composer,music\nWhere is Oslo?,In Norway,places\nWhat is tea?,A drink,food\n"
    yield case(
        "all text",
        "questions",
        texts,
        _t(
            "question|answer|category",
            "What is AI?|A field|tech",
            "Who was Bach?|A composer|music",
            "Where is Oslo?|In Norway|places",
            "What is tea?|A drink|food",
        ),
    )
    codes = "code;label\nA01;Cholera\nB05;Measles\nJ45;Asthma\nE11;Diabetes\n"
    yield case(
        "all text",
        "codes",
        codes,
        _t("code|label", "A01|Cholera", "B05|Measles", "J45|Asthma", "E11|Diabetes"),
    )
    nohead = "Ann;Rome;1984-05-01;12,5\nBo;Oslo;1990-11-12;8,0\nCy;Bern;1975-01-30;9,9\n"
    yield nameless(
        "no header",
        "words first",
        nohead,
        [
            ["Ann", "Rome", "1984-05-01", "12,5"],
            ["Bo", "Oslo", "1990-11-12", "8,0"],
            ["Cy", "Bern", "1975-01-30", "9,9"],
        ],
    )
    labels = "ham\tGo until jurong point, crazy..\nham\tOk lar... Joking wif u oni...\nspam\tFree entry in 2 a wkly comp\nham\tU dun say so early hor\nspam\tWINNER!! As a valued customer\nham\tEven my brother is not like to speak\n"
    yield nameless(
        "no header", "labels and texts", labels, [line.split("\t") for line in labels.splitlines()]
    )
    r = "\n".join(
        [
            '"mpg" "cyl" "hp"',
            '"Mazda RX4" 21 6 110',
            '"Datsun 710" 22.8 4 93',
            '"Hornet 4 Drive" 21.4 6 110',
            '"Valiant" 18.1 6 105',
        ]
    )
    yield case(
        "index column",
        "write.table",
        r + "\n",
        _t(
            "column_1|mpg|cyl|hp",
            "Mazda RX4|21|6|110",
            "Datsun 710|22.8|4|93",
            "Hornet 4 Drive|21.4|6|110",
            "Valiant|18.1|6|105",
        ),
    )
    info = "% 1. Title: Iris\n%\n% 2. Sources\n%\n5.1,3.5,1.4\n4.9,3.0,1.4\n6.3,3.3,6.0\n"
    yield nameless(
        "comments", "no header", info, [["5.1", "3.5", "1.4"], ["4.9", "3.0", "1.4"], ["6.3", "3.3", "6.0"]]
    )
    slashes = "// exported by tool\n// units: mm\nx;y;z\n1,0;2,0;3,0\n4,0;5,0;6,0\n7,5;8,0;9,0\n"
    yield case("comments", "slashes", slashes, _t("x|y|z", "1,0|2,0|3,0", "4,0|5,0|6,0", "7,5|8,0|9,0"))
    genome = "##fileformat=VCFv4.2\n##source=test,v1\n#CHROM\tPOS\tID\tREF\n1\t1000\trs1\tA\n1\t2000\trs2\tG\n2\t1500\trs3\tT\n"
    yield case(
        "comments", "genome", genome, _t("#CHROM|POS|ID|REF", "1|1000|rs1|A", "1|2000|rs2|G", "2|1500|rs3|T")
    )


def tails() -> Cases:
    body = text(T["umsatz"], ";", "\r\n")
    for name, tail in {
        "stars": "*** Ende der Liste ***\r\n",
        "page": "Seite 1 von 1\r\n",
        "count": "7 Datensätze\r\n",
        "many": "\r\nHinweise:\r\n1) vorläufig\r\n2) Stand Mai; ohne Gewähr\r\n",
        "sum": ";;Summe;186;5.098,92;\r\n",
        "dashes": "-----\r\n",
        "sum and rule": ";;;;---------;\r\n;;;;5.098,92;\r\n",
    }.items():
        yield case("tails", name, body + tail, T["umsatz"])
    body = text(T["orders"], ",")
    for name, tail in {
        "generated": '"Generated on 2024-02-01, 10:15"\n',
        "totals": "Grand total,,,171,,\n",
        "count": "(8 rows affected)\n",
        "two": "Total,,,171,,\nAverage,,,21.4,,\n",
        "end": "END OF FILE\n",
        "source": "\nSource: ERP, extracted 2024-02-01\nContact: help@example.com\n",
    }.items():
        yield case("tails", f"orders {name}", body + tail, T["orders"])
    body = text(T["zh_orders"], ",")
    for name, tail in {
        "total": "合计,,,18,7329.70,\n",
        "note": "注:以上金额含税\n",
        "exporter": "导出时间,2024-03-04 10:00,,,,\n",
    }.items():
        yield case("tails", f"chinese {name}", body + tail, T["zh_orders"])
    long = Table(["id", "text"], [["1", "word " * 90_000], ["2", "short"], ["3", "also, short"]])
    yield case("large cell", "450 kB", text(long, ","), long)
    long = Table(["id", "text"], [[str(i), "line one\n" * 200] for i in range(300)])
    yield case("large cell", "many lines", text(long, ","), long)
    for mark in (",", ";"):
        quoted = Table(
            ["a", "b", "c"], [["1,5", "2;5", 'x "y"'], ["3,5", "4;5", "z"], ["5,5", "6;5", "w, v"]]
        )
        yield case("all quoted", f"marks within {mark}", text(quoted, mark, style="all"), quoted)
    never = Table(
        ["id", "said", "n"],
        [
            ["1", 'he said "yes" and "no"', "4"],
            ["2", '"fine"', "5"],
            ["3", 'the "best", they say', "6"],
            ["4", "plain", "7"],
        ],
    )
    yield case(
        "unescaped quotes",
        "semicolon",
        text(never, ";", style="none").replace('2;"fine"', "2;fine"),
        Table(never.header, [[c if c != '"fine"' else "fine" for c in row] for row in never.rows]),
    )
    yield case(
        "unescaped quotes",
        "all quoted tab",
        text(never, "\t", style="all", escape="none").replace('"""fine"""', '"""fine"""'),
        never,
    )
    short = "a,b,c,d\n1,2,3\n4,5,6\n7,8,9\n1,1,1\n"
    yield case(
        "short rows",
        "all of them",
        short,
        Table(
            ["a", "b", "c", "d"],
            [["1", "2", "3", ""], ["4", "5", "6", ""], ["7", "8", "9", ""], ["1", "1", "1", ""]],
        ),
    )
    lone = "a;b\n1;2\n"
    yield case("one row", "tiny", lone, _t("a|b", "1|2"))
    yield case("one row", "words", "name;town\nAnn;Rome\n", _t("name|town", "Ann|Rome"))
    yield case(
        "one row", "with title", "Report\n\nname,town,n\nAnn,Rome,5\n", _t("name|town|n", "Ann|Rome|5")
    )
    three = "\n\n".join(["\n".join(lines(T[n].lines(), ",")) for n in ("personal", "orders", "paises")])
    yield case("several tables", "three", three, T["orders"])


def strangers() -> list[Case]:
    """Every case of these situations."""
    return [c for make in (programs, heads, tails) for c in make()]
