"""Situations written after the reader was done, so that the figure on them says how it does on other people's files."""

import csv
import io
import random

from benchmarks.dirty.case import Case, Cases, case, lines, nameless, text
from benchmarks.dirty.tables import Table, tables

T = tables()
MIXES = 60


def mixes() -> Cases:
    """Several kinds of dirt at once, drawn by chance from a fixed seed."""
    dice = random.Random(20241123)
    names = [n for n in T if n not in ("notes", "colours")]
    for number in range(MIXES):
        name = dice.choice(names)
        table, mark = T[name], dice.choice([",", ";", "\t", "|", ";", ","])
        end = dice.choice(["\n", "\r\n", "\r"])
        style = dice.choice(["minimal", "all"])
        body = lines(table.lines(), mark, style=style)
        said = [name, mark]
        if dice.random() < 0.4:
            body = ["Export of the month", *([""] if dice.random() < 0.5 else []), *body]
            said.append("title")
        if dice.random() < 0.3:
            body = [*body, "", "Source: our own figures"]
            said.append("note")
        if dice.random() < 0.3:
            body = [line + mark if line.count(mark) else line for line in body]
            said.append("trailing")
        if dice.random() < 0.2:
            body = [part for line in body for part in (line, "")]
            said.append("gaps")
        content = end.join(body) + end
        encoding = dice.choice(["utf-8", "utf-8-sig", "utf-16", "own"])
        own = {"ru_people": "cp1251",
               "pl_cities": "cp1250", "zh_orders": "gb18030", "tw_people": "big5", "jp_goods": "shift_jis"}  # fmt: skip
        made = content.encode(own.get(name, "cp1252") if encoding == "own" else encoding)
        yield case("mixes", f"{number} {' '.join(map(repr, said))} {encoding}", made, table)


def exports() -> Cases:
    rows = [["Alder", "Betula, dwarf", "12.5"], ["Cedar", "Cedrus", "30"], ["Elm", "Ulmus", "21.75"]]
    trees = Table(["tree", "latin", "height"], rows)
    yield case("dictionary", "python writer", _python(trees, dialect="excel"), trees)
    yield case("dictionary", "python unix", _python(trees, dialect="unix"), trees)
    yield case("dictionary", "python tab", _python(trees, dialect="excel-tab"), trees)
    mysql = Table(
        ["id", "name", "note"], [["1", "Ann", "\\N"], ["2", "Bo", "a tab \t here"], ["3", "Cy", "plain"]]
    )
    yield case("dump", "mysql quoted", _python(mysql, delimiter="\t", quoting=csv.QUOTE_ALL), mysql)
    paths = Table(
        ["file", "bytes"],
        [["C:\\temp\\new.txt", "120"], ["D:\\data\\raw\\t1.csv", "88"], ["\\\\server\\share", "0"]],
    )
    yield case("backslashes", "paths", _python(paths), paths)
    yield case("backslashes", "paths quoted", _python(paths, quoting=csv.QUOTE_ALL), paths)
    money = Table(
        ["Posten", "Soll", "Haben"],
        [
            ["Miete", "1.234,50 €", ""],
            ["Lohn", "", "3.000,00 €"],
            ["Strom", "89,99 €", ""],
            ["Zinsen", "", "0,12 €"],
        ],
    )
    yield case("amounts", "euro", text(money, ";", "\r\n"), money)
    dollars = Table(
        ["account", "debit", "credit"],
        [["Rent", "$1,234.50", ""], ["Wage", "", "$3,000.00"], ["Power", "($89.99)", ""]],
    )
    yield case("amounts", "dollar", text(dollars, ","), dollars)
    percents = Table(
        ["party", "2017", "2021"],
        [["CDU", "26,8%", "18,9%"], ["SPD", "20,5%", "25,7%"], ["FDP", "10,7%", "11,5%"]],
    )
    yield case("amounts", "percent and years", text(percents, ";"), percents)
    swiss = Table(
        ["Kanton", "Einwohner"], [["Zürich", "1'553'423"], ["Bern", "1'043'132"], ["Genf", "506'343"]]
    )
    yield case("amounts", "swiss", text(swiss, ";", style="none"), swiss)
    yield case("amounts", "swiss comma", text(swiss, ",", style="none").encode("cp1252"), swiss)
    spaced = Table(
        ["Län", "Folkmängd", "Andel"],
        [["Skåne", "1 402 425", "13,4"], ["Uppsala", "395 026", "3,8"], ["Gotland", "61 001", "0,6"]],
    )
    yield case("amounts", "swedish", text(spaced, ";").encode("cp1252"), spaced)
    yield case("amounts", "swedish tab", text(spaced, "\t", "\r\n").encode("utf-16"), spaced)
    phones = Table(
        ["name", "phone"], [["Ann", "+1 (555) 010-9999"], ["Bo", "+46 8 123 456"], ["Cy", "030/1234567"]]
    )
    yield case("codes", "phones", text(phones, ","), phones)
    zips = Table(["plz", "ort"], [["01067", "Dresden"], ["80331", "München"], ["04109", "Leipzig"]])
    yield case("codes", "leading zeros", text(zips, ";"), zips)
    times = Table(
        ["runner", "time", "date"],
        [["Ann", "1:02:33", "05/06/2023"], ["Bo", "0:59:10", "05/06/2023"], ["Cy", "1:11:48", "06/06/2023"]],
    )
    yield case("codes", "times", text(times, ","), times)
    yield case("codes", "times by space", text(times, " "), times)
    geo = Table(
        ["city", "geo"],
        [["Rome", "POINT (12.5 41.9)"], ["Oslo", "POINT (10.7 59.9)"], ["Bern", "POINT (7.4 46.9)"]],
    )
    yield case("codes", "geometry", text(geo, ","), geo)
    lists = Table(
        ["id", "tags"], [["1", "['a', 'b']"], ["2", "['c']"], ["3", "[]"], ["4", "['d', 'e', 'f']"]]
    )
    yield case("codes", "python lists", text(lists, ","), lists)
    yield case("codes", "python lists semicolon", text(lists, ";", style="none"), lists)
    html = Table(["id", "body"], [["1", '<a href="x">y</a>'], ["2", "<p>a; b</p>"], ["3", "<br/>"]])
    yield case("codes", "html", text(html, ","), html)
    yield case("codes", "html unquoted tab", text(html, "\t", style="none"), html)
    hashes = Table(["#", "name", "score"], [["1", "Ann", "5"], ["2", "Bo", "7"], ["3", "Cy", "6"]])
    yield case("signs", "number sign", text(hashes, ","), hashes)
    tags = Table(["tag", "count"], [["#love", "120"], ["#cats, #dogs", "88"], ["#food", "42"]])
    yield case("signs", "hashtags", text(tags, ","), tags)
    colours = Table(["hex", "name"], [["#ff0000", "red"], ["#00ff00", "lime"], ["#0000ff", "blue"]])
    yield case("signs", "colours", text(colours, ";"), colours)
    emoji = Table(["mood", "text"], [["😀", "good, really"], ["😡", "bad"], ["🤷", "so; so"]])
    yield case("signs", "emoji", text(emoji, ","), emoji)
    arabic = Table(
        ["الاسم", "المدينة", "العمر"],
        [["محمد", "القاهرة", "34"], ["فاطمة", "الرياض", "28"], ["علي", "بغداد", "41"]],
    )
    for encoding in ("utf-8", "cp1256", "utf-16"):
        yield case("scripts", f"arabic {encoding}", text(arabic, ",").encode(encoding), arabic)
    greek = Table(
        ["όνομα", "πόλη", "ηλικία"],
        [["Γιώργος", "Αθήνα", "34"], ["Μαρία", "Πάτρα", "28"], ["Νίκος", "Βόλος", "41"]],
    )
    for encoding in ("cp1253", "iso8859_7"):
        yield case("scripts", f"greek {encoding}", text(greek, ";").encode(encoding), greek)
    korean = Table(
        ["이름", "도시", "나이"],
        [["김민수", "서울", "34"], ["박지영", "부산", "28"], ["이철호", "대구", "41"]],
    )
    for encoding in ("euc_kr", "cp949", "utf-8-sig"):
        yield case("scripts", f"korean {encoding}", text(korean, ",").encode(encoding), korean)
    hebrew = Table(
        ["שם", "עיר", "גיל"], [["דוד", "ירושלים", "34"], ["רחל", "חיפה", "28"], ["משה", "אילת", "41"]]
    )
    yield case("scripts", "hebrew", text(hebrew, ",").encode("cp1255"), hebrew)
    turkish = Table(
        ["isim", "şehir", "yaş"],
        [["Ayşe", "İstanbul", "34"], ["Çağrı", "Eskişehir", "28"], ["Işıl", "Muğla", "41"]],
    )
    for encoding in ("cp1254", "iso8859_9"):
        yield case("scripts", f"turkish {encoding}", text(turkish, ";").encode(encoding), turkish)
    czech = Table(
        ["jméno", "město", "věk"],
        [["Jiří", "Plzeň", "34"], ["Růžena", "Děčín", "28"], ["Štěpán", "Třebíč", "41"]],
    )
    for encoding in ("cp1250", "iso8859_2", "utf-16-le"):
        yield case("scripts", f"czech {encoding}", text(czech, ";").encode(encoding), czech)
    thai = Table(
        ["ชื่อ", "เมือง", "อายุ"], [["สมชาย", "กรุงเทพ", "34"], ["มาลี", "เชียงใหม่", "28"], ["นิด", "ภูเก็ต", "41"]]
    )
    yield case("scripts", "thai", text(thai, ",").encode("cp874"), thai)
    dos = Table(
        ["Straße", "Größe", "Ort"],
        [
            ["Müllerweg", "groß", "Köln"],
            ["Bäckergasse", "klein", "Münster"],
            ["Hauptstraße", "mittel", "Lübeck"],
        ],
    )
    for encoding in ("cp850", "cp437"):
        yield case("scripts", f"german dos {encoding}", text(dos, ";").encode(encoding), dos)


def _python(table: Table, **how: object) -> str:
    made = io.StringIO(newline="")
    csv.writer(made, **how).writerows(table.lines())
    return made.getvalue()


def offices() -> Cases:
    statistics = """Statistisches Landesamt;;;;
Tabelle 12411-0010: Bevölkerung nach Geschlecht;;;;
Stichtag: 31.12.2022;;;;
;;;;
Kreis;Männlich;;Weiblich;
;Anzahl;Anteil;Anzahl;Anteil
Nord;12034;49,1;12475;50,9
Süd;8822;48,7;9291;51,3
West;15310;49,5;15620;50,5
;;;;
© Statistisches Landesamt, 2023;;;;
Rundungsfehler sind möglich.;;;;
"""
    rows = [
        ["Nord", "12034", "49,1", "12475", "50,9"],
        ["Süd", "8822", "48,7", "9291", "51,3"],
        ["West", "15310", "49,5", "15620", "50,5"],
    ]
    names = ["Kreis", "Männlich Anzahl", "Männlich Anteil", "Weiblich Anzahl", "Weiblich Anteil"]
    yield case("office", "german", statistics, Table(names, rows), "cp1252")
    world = '"Data Source","World Development Indicators",\n\n"Last Updated Date","2024-06-28",\n\n"Country Name","Country Code","Indicator","2019","2020","2021",\n"Aruba","ABW","Population","106442","106585","106537",\n"Chad","TCD","Population","16126866","16644701","17179740",\n"Kenya","KEN","Population","50951450","51985780","53005614",\n'
    rows = [
        ["Aruba", "ABW", "Population", "106442", "106585", "106537"],
        ["Chad", "TCD", "Population", "16126866", "16644701", "17179740"],
        ["Kenya", "KEN", "Population", "50951450", "51985780", "53005614"],
    ]
    yield case(
        "office",
        "world bank",
        world,
        Table(["Country Name", "Country Code", "Indicator", "2019", "2020", "2021"], rows),
    )
    weather = "Station:,Bern\nHeight (m):,553\n\nDate,Temp,Rain,Remark\n2024-01-01,3.2,0.0,\n2024-01-02,4.1,1.2,windy\n2024-01-03,2.8,0.4,\n"
    rows = [
        ["2024-01-01", "3.2", "0.0", ""],
        ["2024-01-02", "4.1", "1.2", "windy"],
        ["2024-01-03", "2.8", "0.4", ""],
    ]
    yield case("office", "station", weather, Table(["Date", "Temp", "Rain", "Remark"], rows))
    units = "Time;Flow;Level\n[s];[m³/s];[m]\n0;1,2;0,33\n60;1,3;0,35\n120;1,4;0,36\n"
    yield case(
        "office",
        "units in brackets",
        units,
        Table(
            ["Time [s]", "Flow [m³/s]", "Level [m]"],
            [["0", "1,2", "0,33"], ["60", "1,3", "0,35"], ["120", "1,4", "0,36"]],
        ),
    )
    cn = "某某公司销售报表\n单位:元\n地区,一季度,,二季度,\n,销量,金额,销量,金额\n华北,120,3400,135,3900\n华东,210,6100,224,6500\n华南,98,2750,101,2810\n合计,428,12250,460,13210\n制表人:张三\n"
    rows = [
        ["华北", "120", "3400", "135", "3900"],
        ["华东", "210", "6100", "224", "6500"],
        ["华南", "98", "2750", "101", "2810"],
    ]
    names = ["地区", "一季度 销量", "一季度 金额", "二季度 销量", "二季度 金额"]
    for encoding in ("utf-8-sig", "gb18030"):
        yield case("office", f"chinese {encoding}", cn, Table(names, rows), encoding)
    bank = 'Account name,Everyday\nAccount number,1234 5678\nFrom,01/03/2024\nTo,31/03/2024\n\nDate,Description,Amount,Balance\n01/03/2024,"Coffee, Main St",-4.50,1200.00\n02/03/2024,Salary,2500.00,3700.00\n05/03/2024,Rent,-1500.00,2200.00\n\nClosing balance,,,2200.00\n'
    rows = [
        ["01/03/2024", "Coffee, Main St", "-4.50", "1200.00"],
        ["02/03/2024", "Salary", "2500.00", "3700.00"],
        ["05/03/2024", "Rent", "-1500.00", "2200.00"],
    ]
    yield case("office", "english bank", bank, Table(["Date", "Description", "Amount", "Balance"], rows))
    sap = "\n".join(["25.03.2024        Dynamische Liste        1", "-" * 46, "", "-" * 46, "|  Material  |Werk|   Menge|ME |   Betrag|", "-" * 46,
                     "|  1000-10   |1000|  12,000|ST |   340,00|", "|  1000-20   |1000|   4,000|KG |    88,50|", "|  2000-01   |2000| 120,000|ST | 1.020,00|", "-" * 46])  # fmt: skip
    rows = [
        ["1000-10", "1000", "12,000", "ST", "340,00"],
        ["1000-20", "1000", "4,000", "KG", "88,50"],
        ["2000-01", "2000", "120,000", "ST", "1.020,00"],
    ]
    yield case("office", "sap list", sap + "\n", Table(["Material", "Werk", "Menge", "ME", "Betrag"], rows))
    scopus = 'sep=,\n"Title","Year","Cited by"\n"On ""quotes"", again",2019,12\n"Plain",2020,3\n"Commas, and so on",2021,\n'
    yield case(
        "office",
        "excel tells",
        scopus,
        Table(
            ["Title", "Year", "Cited by"],
            [['On "quotes", again', "2019", "12"], ["Plain", "2020", "3"], ["Commas, and so on", "2021", ""]],
        ),
    )
    daq = "# Device: X200\n# Rate: 10 Hz\n# t v i\n0.0 1.02 0.31\n0.1 1.05 0.33\n0.2 1.01 0.30\n"
    yield case(
        "office",
        "header in a comment",
        daq,
        Table(["t", "v", "i"], [["0.0", "1.02", "0.31"], ["0.1", "1.05", "0.33"], ["0.2", "1.01", "0.30"]]),
    )
    savetxt = "# x,y,z\n1.0,2.0,3.0\n4.0,5.0,6.0\n7.0,8.0,9.0\n"
    yield case(
        "office",
        "numpy",
        savetxt,
        Table(["x", "y", "z"], [["1.0", "2.0", "3.0"], ["4.0", "5.0", "6.0"], ["7.0", "8.0", "9.0"]]),
    )


def shapes() -> Cases:
    names = ["Ann", "Bob", "Cy", "Dee", "Eli", "Flo"]
    one = Table(["name"], [[n] for n in names])
    yield case("one column", "names", text(one, ","), one)
    yield case("one column", "names quoted windows", text(one, ",", "\r\n", style="all"), one)
    full = Table(["full name"], [["Ann Lee"], ["Bo Chen"], ["Cy Young"], ["Di Park"]])
    yield case("one column", "two words", text(full, ","), full)
    prose = Table(
        ["review"],
        [
            ["Loved it. Would come back, with friends."],
            ["Too loud; food cold."],
            ["Nice staff, nice place, fair price"],
            ["ok"],
            ["The best: no doubt!"],
        ],
    )
    yield case("one column", "prose", text(prose, ",", style="none"), prose)
    yield case("one column", "prose quoted as needed", text(prose, ","), prose)
    stamps = Table(["timestamp"], [["01.02.2024 10:00"], ["01.02.2024 11:00"], ["01.02.2024 12:00"]])
    yield case("one column", "german moments", text(stamps, ";"), stamps)
    ips = Table(["ip"], [["10.0.0.1"], ["192.168.1.7"], ["172.16.0.9"]])
    yield case("one column", "machines", text(ips, ";"), ips)
    yield nameless(
        "one column", "no header", "12.5\n13.1\n12.9\n13.4\n", [["12.5"], ["13.1"], ["12.9"], ["13.4"]]
    )
    wide = Table([f"v{i}" for i in range(120)], [[str(i * j % 17) for i in range(120)] for j in range(6)])
    yield case("wide", "many columns", text(wide, ","), wide)
    yield case("wide", "many by tabs", text(wide, "\t"), wide)
    sparse = Table(
        ["a", "b", "c", "d"],
        [["1", "", "", ""], ["", "2", "", ""], ["", "", "3", ""], ["4", "", "", ""], ["", "", "", "5"]],
    )
    yield case("sparse", "mostly empty", text(sparse, ","), sparse)
    yield case("sparse", "mostly empty, windows", text(sparse, ";", "\r\n"), sparse)
    late = Table(["a", "b", "c"], [["1", "2", "x"]] * 5 + [["3", "4", ""]] * 3)
    yield case("sparse", "last column empty", text(late, ","), late)
    yield nameless(
        "no header",
        "numbers by spaces",
        "1.0 2.0 3.5\n2.0 4.1 5.5\n3.3 1.0 2.2\n",
        [["1.0", "2.0", "3.5"], ["2.0", "4.1", "5.5"], ["3.3", "1.0", "2.2"]],
    )
    yield nameless("no header", "iris", "\n".join(lines(T["flowers"].rows, ",")), T["flowers"].rows)
    yield nameless(
        "no header",
        "moments",
        "2024-01-01 00:00;5,1;ok\n2024-01-01 01:00;5,3;ok\n2024-01-01 02:00;5,2;bad\n",
        [
            ["2024-01-01 00:00", "5,1", "ok"],
            ["2024-01-01 01:00", "5,3", "ok"],
            ["2024-01-01 02:00", "5,2", "bad"],
        ],
    )
    yield nameless(
        "no header",
        "quoted",
        '"4711","Schmidt","12,5"\n"4712","Weber","8,0"\n"4713","Koch","9,9"\n',
        [["4711", "Schmidt", "12,5"], ["4712", "Weber", "8,0"], ["4713", "Koch", "9,9"]],
    )
    missing = Table(
        ["id", "x", "y"], [["1", "NA", "2.5"], ["2", "3.1", "NA"], ["3", "NA", "NA"], ["4", "2.0", "1.0"]]
    )
    yield case("missing", "NA first", text(missing, ","), missing)
    dashes = Table(
        ["id", "x", "y"], [["1", "-", "2,5"], ["2", "3,1", "-"], ["3", "-", "-"], ["4", "2,0", "1,0"]]
    )
    yield case("missing", "dashes", text(dashes, ";"), dashes)
    words = Table(
        ["id", "x", "y"],
        [["1", "unknown", "2.5"], ["2", "3.1", "none"], ["3", "n/a", "7"], ["4", "2.0", "1.0"]],
    )
    yield case("missing", "words", text(words, ","), words)
    pair = Table(
        ["question", "answer"], [["Why?", "Because, well, it is"], ["Who?", "Me"], ["When, then?", "Now"]]
    )
    yield case("pairs", "quoted as needed", text(pair, ","), pair)
    yield case("pairs", "by tabs", text(pair, "\t"), pair)
    yield case("pairs", "by tabs, all quoted", text(pair, "\t", style="all"), pair)
    total = Table(
        ["group", "sex", "n"],
        [["A", "Men", "5"], ["A", "Total", "9"], ["B", "Men", "7"], ["B", "Total", "12"]],
    )
    yield case("no total", "group called so", text(total, ","), total)
    last = Table(["key", "value"], [["alpha", "1"], ["beta", "2"], ["sum", "3"], ["gamma", "4"]])
    yield case("no total", "in the middle", text(last, ","), last)
    same = Table(["x", "y", "z"], [["1", "1", "1"], ["2", "2", "2"], ["3", "3", "3"]])
    yield case("no total", "adds up by chance", text(same, ","), same)
    comments = Table(
        ["id", "comment"],
        [["1", 'He said: "ok", then left'], ["2", "line one\r\nline two"], ["3", "plain"], ["4", "a;b;c"]],
    )
    yield case("cells", "lines within", text(comments, ",", "\r\n"), comments)
    yield case("cells", "lines within, semicolon", text(comments, ";", "\r\n", style="all"), comments)
    blank = Table(["id", "text"], [["1", "first\n\nafter an empty line"], ["2", "x"], ["3", "one\n\n\ntwo"]])
    yield case("cells", "empty lines within", text(blank, ","), blank)
    for mark in ("|*|", "<>", "@@", "#|#", "^|^", "::", "^^", "&&"):
        yield case("long delimiter", repr(mark), text(T["ventes"], mark, style="none"), T["ventes"])
    for mark in ("*", "/", "#", "!", ":"):
        yield case("rare delimiter", repr(mark), text(T["paises"], mark, style="none"), T["paises"])
    empties = Table(["a", "b", "c"], [["1", "", "x"], ["2", "y", ""], ["", "z", "w"], ["4", "", ""]])
    for mark in ("||", "::", "~|~", ";;"):
        yield case("long delimiter", f"empty cells {mark!r}", text(empties, mark, style="none"), empties)
    dropped = "id,name,city\n1,Ann,Rome\n2,Bo\n3\n4,Di,Oslo\n5,Ed,Bern\n6,Flo,Ulm\n"
    yield case(
        "short rows",
        "two lengths",
        dropped,
        Table(
            ["id", "name", "city"],
            [
                ["1", "Ann", "Rome"],
                ["2", "Bo", ""],
                ["3", "", ""],
                ["4", "Di", "Oslo"],
                ["5", "Ed", "Bern"],
                ["6", "Flo", "Ulm"],
            ],
        ),
    )
    loose = "date,payee,amount\n2024-01-01,Smith, Jones and Co,12.50\n2024-01-02,Blue Door,3.20\n2024-01-03,Lee, Park, Kim,7.00\n2024-01-04,Acme,1.00\n2024-01-05,Zoo,9.90\n"
    yield case(
        "unquoted delimiters",
        "payees",
        loose,
        Table(
            ["date", "payee", "amount"],
            [
                ["2024-01-01", "Smith, Jones and Co", "12.50"],
                ["2024-01-02", "Blue Door", "3.20"],
                ["2024-01-03", "Lee, Park, Kim", "7.00"],
                ["2024-01-04", "Acme", "1.00"],
                ["2024-01-05", "Zoo", "9.90"],
            ],
        ),
    )


def unseen() -> list[Case]:
    """Every case of these situations."""
    return [c for make in (mixes, exports, offices, shapes) for c in make()]
