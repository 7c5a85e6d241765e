"""Small tables in the encodings before Unicode: every character must come out."""

from pathlib import Path

import pytest

from core.readers._encoding import decode

TEXTS = {
    "french": (["cp1252", "mac_roman"], "Prénom,Ville\nÉlodie,Besançon\nHélène,Nîmes\nFrançois,Orléans\n"),
    "one french name": (["cp1252"], "name,city\nRené,Paris\nBob,Lyon\n"),
    "spanish": (["cp1252"], "nombre,ciudad\nPeña,Logroño\nMaría,Cádiz\nJosé,Málaga\n"),
    "german": (["cp1252", "mac_roman"], "Straße,Größe,Stadt\nMüllerweg,groß,München\nBäckergasse,klein,Köln\n"),
    "portuguese": (["cp1252"], "nome,cidade\nJoão,São Paulo\nConceição,Camões\n"),
    "swedish": (["cp1252"], "namn,stad\nÅsa,Malmö\nBjörn,Växjö\n"),
    "danish": (["cp1252"], "navn,by\nSøren,Århus\nBjørn,Tønder\nÆgir,Køge\n"),
    "italian": (["cp1252"], "nome,città\nNiccolò,Forlì\nGesù,Cantù\n"),
    "euro signs": (["cp1252"], "item,price\nTea,5 €\nCup,7 €\n"),
    "pounds": (["cp1252"], "item,price\nTea,£5\nCup,£7\n"),
    "degrees": (["cp1252"], "room,temp\nA,21°C\nB,22°C\n"),
    "apostrophes": (["cp1252"], "id,text\n1,don’t\n2,it’s\n"),
    "quotes": (["cp1252"], "id,text\n1,it’s “fine” – ok\n2,don’t\n"),
    "polish": (["cp1250"], "imię,miasto\nŁukasz,Łódź\nStanisław,Kraków\nGrażyna,Gdańsk\n"),
    "czech": (["cp1250"], "jméno,město\nJiří,Plzeň\nŠtěpán,České Budějovice\nRůžena,Děčín\n"),
    "hungarian": (["cp1250"], "név,város\nGyörgy,Győr\nÁgnes,Hódmezővásárhely\nIstván,Fűzfő\n"),
    "russian": (["cp1251", "koi8_r", "iso8859_5"], "имя,город,пол\nИван,Москва,муж\nАнна,Казань,жен\nПётр,Тверь,муж\n"),
    "russian cities": (["cp1251"], "id,city\n1,Москва\n2,Казань\n"),
    "greek": (["cp1253"], "όνομα,πόλη\nΓιώργος,Αθήνα\nΜαρία,Θεσσαλονίκη\n"),
    "turkish": (["cp1254"], "isim,şehir\nAyşe,İstanbul\nÇağrı,Eskişehir\nIşıl,Muğla\n"),
    "hebrew": (["cp1255"], "שם,עיר\nדוד,ירושלים\nרחל,תל אביב\n"),
    "arabic": (["cp1256"], "الاسم,المدينة\nمحمد,القاهرة\nفاطمة,الرياض\n"),
    "japanese": (["shift_jis", "euc_jp"], "名前,都市,備考\n山田太郎,東京都,とても良い\n鈴木花子,大阪市,ふつう\n"),
    "japanese names": (["shift_jis", "euc_jp"], "氏名,都道府県\n山田太郎,東京都\n鈴木花子,大阪府\n佐藤一郎,北海道\n"),
    "japanese goods": (["shift_jis"], "商品,価格\nコーヒー,300円\nケーキ,450円\n"),
    "chinese": (["gb18030"], "商品,价格,类别\n苹果手机,5999,数码\n运动鞋,399,服装\n电饭煲,259,家电\n"),
    "chinese sex": (["gb18030"], "id,sex\n1,男\n2,女\n3,男\n"),
    "chinese reviews": (["gb18030"], "text,label\n房间很干净，服务员态度也好！,好\n位置偏僻，隔音效果不好。,差\n"),
    "taiwanese": (["big5"], "商品,價格,類別\n蘋果手機,5999,數位\n運動鞋,399,服裝\n電鍋,259,家電\n"),
    "taiwanese sex": (["big5"], "id,性別\n1,男\n2,女\n"),
    "korean": (["euc_kr"], "이름,도시,성별\n김민수,서울특별시,남\n박지영,부산광역시,여\n"),
    "korean sex": (["euc_kr"], "id,성별\n1,남\n2,여\n"),
}  # fmt: skip
CASES = [(name, encoding) for name, (encodings, _) in TEXTS.items() for encoding in encodings]


@pytest.mark.parametrize(("name", "encoding"), CASES)
def test_a_small_table_in_an_old_encoding_is_read_whole(name: str, encoding: str) -> None:
    text = TEXTS[name][1]
    assert decode(Path("file.csv"), text.encode(encoding))[0] == text
