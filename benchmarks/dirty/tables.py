"""Small tables as people keep them, written by hand: a name, the header, and the rows; `¦` stands between cells."""

from dataclasses import dataclass

_TEXTS = {
    "orders": """order_id¦customer¦product¦quantity¦price¦ordered
10248¦Alfreds Bakery¦Flour 25 kg¦3¦18.50¦2024-01-03
10249¦Tom's Diner¦Olive oil¦12¦7.95¦2024-01-03
10250¦Rivera & Sons¦Espresso beans¦5¦14.20¦2024-01-04
10251¦Blue Door¦Sugar¦40¦0.99¦2024-01-05
10252¦Nguyen Market¦Rice 10 kg¦8¦11.75¦2024-01-08
10253¦Blue Door¦Salt¦25¦0.45¦2024-01-08
10254¦Alfreds Bakery¦Yeast¦60¦1.10¦2024-01-09
10255¦O'Neill Foods¦Butter¦18¦5.25¦2024-01-10""",
    "umsatz": """Datum¦Filiale¦Artikel¦Menge¦Umsatz¦Rabatt
03.01.2024¦München¦Kaffeemaschine¦2¦1.234,50¦10,0
04.01.2024¦Köln¦Wasserkocher¦14¦489,86¦0,0
04.01.2024¦Düsseldorf¦Mühle¦7¦349,93¦5,0
05.01.2024¦Zürich¦Kaffeemaschine¦1¦617,25¦0,0
08.01.2024¦München¦Filter, groß¦120¦238,80¦2,5
09.01.2024¦Köln¦Bürste¦33¦98,67¦0,0
10.01.2024¦Göttingen¦Tassen-Set¦9¦2.069,91¦7,5""",
    "ventes": """Référence¦Désignation¦Prix HT¦Qté¦Pays
A-100¦Crème brûlée¦4,50¦30¦France
A-101¦Pâté de campagne¦6,25¦12¦Belgique
B-200¦Thé glacé¦2,10¦96¦Suisse
B-201¦Jus d'orange¦3,40¦48¦France
C-300¦Bœuf séché¦18,90¦6¦Québec
C-301¦Gâteau aux noix¦12,00¦10¦France""",
    "personal": """Namn¦Avdelning¦Lön¦Anställd¦Ort
Åsa Öberg¦Försäljning¦38500¦2019-03-01¦Malmö
Björn Ek¦Lager¦31200¦2021-08-15¦Växjö
Märta Sjö¦Ekonomi¦42800¦2015-01-07¦Örebro
Göran Ås¦Lager¦30900¦2022-11-01¦Luleå
Ebba Lind¦Försäljning¦39900¦2018-05-20¦Umeå""",
    "paises": """país¦capital¦población¦superficie¦euro
España¦Madrid¦47615034¦505990¦sí
México¦Ciudad de México¦126705138¦1964375¦no
Perú¦Lima¦33715471¦1285216¦no
Panamá¦Ciudad de Panamá¦4351267¦75417¦no
Uruguay¦Montevideo¦3426260¦176215¦no
Italia¦Roma¦58940425¦302073¦sí""",
    "zh_orders": """订单号¦客户¦商品¦数量¦金额¦下单时间
20240001¦张伟¦苹果手机¦1¦5999.00¦2024-03-01 09:12
20240002¦王芳¦运动鞋¦2¦798.00¦2024-03-01 10:45
20240003¦李娜¦电饭煲¦1¦259.00¦2024-03-02 14:08
20240004¦刘洋¦洗发水¦3¦89.70¦2024-03-02 18:30
20240005¦陈静¦台灯¦1¦129.00¦2024-03-03 08:55
20240006¦杨帆¦笔记本¦10¦55.00¦2024-03-03 12:20""",
    "tw_people": """姓名¦性別¦年齡¦城市¦電話
王小明¦男¦34¦臺北市¦0912-345-678
陳美玲¦女¦28¦高雄市¦0922-111-222
林志偉¦男¦45¦臺中市¦0933-987-654
張雅婷¦女¦39¦新竹市¦0955-246-810
黃建國¦男¦52¦臺南市¦0966-135-791""",
    "jp_goods": """商品名¦分類¦価格¦在庫¦発売日
コーヒー豆¦飲料¦1200¦35¦2023/04/01
緑茶ティーバッグ¦飲料¦480¦120¦2022/10/15
チョコレート¦菓子¦350¦200¦2023/01/20
せんべい¦菓子¦280¦95¦2021/06/30
カレールー¦食品¦320¦60¦2020/09/10""",
    "ru_people": """Фамилия¦Город¦Возраст¦Зарплата
Иванов¦Москва¦34¦85000
Петрова¦Казань¦28¦62000
Сидоров¦Новосибирск¦45¦71000
Кузнецова¦Тверь¦39¦58000
Смирнов¦Омск¦51¦66000""",
    "pl_cities": """Miasto¦Województwo¦Ludność¦Powierzchnia
Łódź¦łódzkie¦664071¦293,25
Kraków¦małopolskie¦802583¦326,85
Gdańsk¦pomorskie¦486345¦262,00
Poznań¦wielkopolskie¦541316¦261,91
Wrocław¦dolnośląskie¦674079¦292,82""",
    "flowers": """sepal_length¦sepal_width¦petal_length¦petal_width¦species
5.1¦3.5¦1.4¦0.2¦setosa
4.9¦3.0¦1.4¦0.2¦setosa
7.0¦3.2¦4.7¦1.4¦versicolor
6.4¦3.2¦4.5¦1.5¦versicolor
6.3¦3.3¦6.0¦2.5¦virginica
5.8¦2.7¦5.1¦1.9¦virginica
5.0¦3.6¦1.4¦0.2¦setosa
5.9¦3.0¦5.1¦1.8¦virginica""",
    "reviews": """id¦stars¦review
1¦5¦Great phone, fast delivery, would buy again.
2¦1¦Broke after 2 days; the seller didn't answer!
3¦4¦Good value: screen 6.1", battery ok
4¦3¦It's fine, I guess
5¦2¦He said "no refund", so beware
6¦5¦Perfect""",
    "addresses": """name¦email¦street¦zip¦city
Ann Lee¦ann.lee@example.com¦12 High Street, Flat 3¦02139¦Cambridge, MA
Bo Chen¦bo@example.org¦Rua das Flores, 100¦04567¦São Paulo
Cy Young¦cy.young@example.net¦1 Infinite Loop¦95014¦Cupertino
Di O'Hara¦di@example.ie¦Unit 7, The Quay¦00123¦Dublin
Eve Park¦eve_park@example.kr¦88 Teheran-ro¦06236¦Seoul""",
    "weblog": """time¦ip¦method¦url¦status¦ms
2024-05-01T10:00:01¦10.0.0.1¦GET¦/index.html¦200¦12
2024-05-01T10:00:03¦10.0.0.7¦POST¦/api/v1/login?next=/home&x=1¦302¦48
2024-05-01T10:00:04¦192.168.1.20¦GET¦/img/logo.png¦304¦3
2024-05-01T10:00:09¦10.0.0.1¦GET¦/search?q=a,b;c¦200¦151
2024-05-01T10:00:12¦172.16.5.4¦DELETE¦/api/v1/item/42¦404¦9""",
    "events": """user¦kind¦payload
17¦click¦{"x": 10, "y": 20}
18¦view¦{"page": "home", "tags": ["a", "b"]}
17¦buy¦{"sku": "A-1", "price": 9.5}
21¦view¦{"page": "cart"}""",
    "colours": """colour¦shape¦material
red¦round¦wood
blue¦square¦steel
green¦round¦glass
red¦flat¦wood
yellow¦square¦paper
blue¦round¦steel""",
    "notes": r"""ticket¦opened¦text
501¦2024-02-01¦Printer on floor 2\ndoes not print
502¦2024-02-01¦Password forgotten
503¦2024-02-03¦Three things:\n- mouse\n- keyboard, again\n- screen
504¦2024-02-05¦Please call back""",
    "sensors": """zeit¦temp¦feuchte¦druck
00:00¦21,5¦45,2¦1013,2
00:10¦21,4¦45,6¦1013,1
00:20¦21,4¦46,0¦1013,1
00:30¦21,2¦46,3¦1012,9
00:40¦21,1¦46,9¦1012,8
00:50¦20,9¦47,5¦1012,8""",
}


@dataclass(frozen=True)
class Table:
    """What a careful person would type: `header` and `rows`, all cells text."""

    header: list[str]
    rows: list[list[str]]

    def lines(self) -> list[list[str]]:
        return [self.header, *self.rows]


def tables() -> dict[str, Table]:
    """All tables by name."""
    made = {}
    for name, text in _TEXTS.items():
        header, *rows = ([c.replace("\\n", "\n") for c in line.split("¦")] for line in text.splitlines())
        made[name] = Table(header, rows)
    return made
