"""Which of the encodings before Unicode a text is in, judged by whether everyday letters come out.

Tables are short and full of names, too little for general detectors (charset-normalizer takes "José,Málaga" in
cp1252 for cp1250), so each family is asked its own plain question.
"""

import re

_RUNS = re.compile(r"[^\x00-\x7f]+")
_HIGH = re.compile(rb"[\x80-\xff]+")

# Characters that tables in these languages are full of; other bytes read so give rare ones instead.
_CHINESE = frozenset(
    "的一是不了人有在他这中大来上国年月日市省区县男女姓名编号城价格金额数量时间类型产品客户公司地址电话否学生性别龄子服务好很我们"
    "北京海广州东南西山江河张王李刘陈杨赵三四五本分高小部门业单位元件总收入销售订商家店"
)
_JAPANESE = frozenset(
    "氏名都道府県市区町村東京大阪日本年月男女性別山田中川村木鈴藤佐高橋小林商品価格数量会社員電話番号住所金額合計備考北海福岡一郎子"
)
_WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôõöøùúûüßœÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖØÙÚÛÜ")
_EASTERN = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻáčďéěíňřšťúůýžÁČĎÉĚÍŇŘŠŤÚŮÝŽäôľŕőűŐŰöüÖÜăâîşţđÂÎŞŢĐ")
_TURKISH = frozenset("çğıİöşüÇĞÖŞÜâîû")
_SIGNS = frozenset("€£¥§©®™°±·•²³¹µ½¼¾¿¡ºª«»\u00a0")
_ANYWHERE = frozenset("“”‘’‚„–—…°«»·•\u00a0")
_CONSONANTS = frozenset("bcdfghjklmnpqrstvwxz")
_EASTERN_CONSONANTS = frozenset("ćčďđľłńňřśšťźżž")
_LATIN = (
    ("cp1252", _WESTERN),
    ("cp1254", _TURKISH),
    ("cp1250", _EASTERN),
    ("iso8859_2", _EASTERN),
    ("mac_roman", _WESTERN),
    ("cp850", _WESTERN),
)
_SCRIPTS = (
    ("cp1251", "\u0400", "\u04ff", "оеаинтсрвл"), ("koi8_r", "\u0400", "\u04ff", "оеаинтсрвл"),
    ("iso8859_5", "\u0400", "\u04ff", "оеаинтсрвл"), ("cp866", "\u0400", "\u04ff", "оеаинтсрвл"), ("cp1253", "\u0370", "\u03ff", "αοιετσνρκυ"),
    ("cp874", "\u0e00", "\u0e7f", "านรอกเงมยล"), ("cp1255", "\u0590", "\u05ff", "יולהאמרתבש"), ("cp1256", "\u0600", "\u06ff", "اليمونترب"),
)  # fmt: skip


def guess(data: bytes) -> str:
    """The likeliest encoding of bytes that are no Unicode."""
    sample = _telling(data)
    runs = _HIGH.findall(sample)
    alone = sum(len(run) == 1 for run in runs) / len(runs)
    east = _east_asian(sample, alone)
    if east:
        return east
    return _latin(sample) if alone >= 0.5 else _script(sample)


def reads_well(data: bytes, name: str) -> bool:
    """Whether most characters beyond ASCII come out as letters and signs where such stand."""
    text = data.decode(name, errors="replace")
    letters = dict(_LATIN).get(name)
    if letters:
        return _sensible(text, letters) > 0.5 and not letters.isdisjoint(text)
    return "\ufffd" not in text


def _telling(data: bytes) -> bytes:
    """The lines that hold more than ASCII, as many as a guess needs."""
    lines, size = [], 0
    for line in data.splitlines(keepends=True):
        if not line.isascii():
            lines.append(line)
            size += len(line)
            if size > 50_000:
                break
    return b"".join(lines)


def _best(shares: dict[str, float]) -> str:
    """The highest share; the earlier wins a tie."""
    return max(shares, key=lambda name: round(shares[name], 6))


def _east_asian(sample: bytes, alone: float) -> str | None:
    """GB 18030, Big5, Shift JIS, EUC-JP or EUC-KR, where nearly all characters are everyday ones.

    Args:
        sample: The bytes.
        alone: The share of bytes beyond ASCII that stand alone, as in "21°C" and "don’t".
    """
    texts = {name: _decoded(name, sample) for name in ("gb18030", "big5", "shift_jis", "euc_jp", "euc_kr")}
    shares = {name: _everyday(name, text) for name, text in texts.items() if text}
    likely = {name: share for name, share in shares.items() if share > 0.6}
    if not likely or (alone > 0.9 and not any(_kana(text) > 0.3 for text in texts.values() if text)):
        return None
    # The everyday parts of these three tables overlap, so the words decide.
    if "gb18030" in likely and likely.get("euc_kr", 0) > 0.97 and _share(texts["gb18030"], _CHINESE) < 0.1:
        return "euc_kr"
    if "gb18030" in likely and likely.get("euc_jp", 0) > 0.8:
        japanese = _share(texts["euc_jp"], _JAPANESE) > _share(texts["gb18030"], _CHINESE)
        if japanese or _kana(texts["euc_jp"]) > 0.1:
            return "euc_jp"
    return _best(likely)


def _decoded(name: str, sample: bytes) -> str:
    """The characters beyond ASCII, or "" where the bytes are not of this encoding."""
    try:
        return "".join(_RUNS.findall(sample.decode(name)))
    except UnicodeDecodeError:
        return ""


def _share(characters: str, known: frozenset[str]) -> float:
    return sum(c in known for c in characters) / len(characters)


def _kana(characters: str) -> float:
    return sum("\u3040" <= c <= "\u30ff" for c in characters) / len(characters)


def _everyday(name: str, characters: str) -> float:
    """The share of characters from the part of the code table that holds the everyday ones, 0 to 1."""
    share = sum(_is_everyday(name, c) for c in characters) / len(characters)
    # Japanese without any kana is rarer than Chinese.
    japanese = name in ("shift_jis", "euc_jp")
    return share * (0.9 if japanese and not _kana(characters) else 1.0)


_FRONT = {"gb18030": (0xB0, 0xD7), "big5": (0xA4, 0xC6), "shift_jis": (0x88, 0x97), "euc_jp": (0xB0, 0xCF)}


def _is_everyday(name: str, c: str) -> bool:
    if name == "euc_kr":
        return "\uac00" <= c <= "\ud7a3"
    if "\u4e00" <= c <= "\u9fff":
        code, (low, high) = c.encode(name), _FRONT[name]
        in_plain_table = name != "gb18030" or code[-1] >= 0xA1
        return low <= code[0] <= high and in_plain_table
    if "\u3040" <= c <= "\u30ff":
        return name in ("shift_jis", "euc_jp")
    return c in "，。！？、：；（）《》“”「」・ー％" and len(c.encode(name, errors="replace")) > 1


def _latin(sample: bytes) -> str:
    """Western, Turkish or Eastern European on Windows, or Western on an old Mac."""
    return _best({name: _sensible(sample.decode(name, errors="replace"), known) for name, known in _LATIN})


def _sensible(text: str, letters: frozenset[str]) -> float:
    """The share of characters beyond ASCII that stand where such letters and signs stand."""
    good = every = 0
    for match in re.finditer(r"[^\x00-\x7f]", text):
        c, before, after = (
            match[0],
            text[match.start() - 1 : match.start()],
            text[match.end() : match.end() + 1],
        )
        every += 1
        if c in letters:
            # Portuguese writes "õe"; elsewhere it is a Hungarian "ő" read wrongly.
            good += not (c == "õ" and after != "e")
            if letters is _EASTERN and c in _EASTERN_CONSONANTS and {before.lower(), after} <= _CONSONANTS:
                good -= 0.4  # "Kšln" is "Köln" from an old Mac
            if c.isupper() and before.isalpha() and after.islower():
                good -= 1  # no capital stands inside a word
        elif c in _ANYWHERE:
            good += not (c in "·•«»“”„‚" and before.isalpha() and after.isalpha())
        elif c in _SIGNS:
            good += not (after.isalpha() and (after.islower() or before.isalpha()))
    # Danish "ø" beside "ì" or "ò" is Czech read wrongly.
    mixed = letters is _WESTERN and "ø" in text and any(c in text for c in "ìòùè")
    return good / every * (0.5 if mixed else 1.0)


def _script(sample: bytes) -> str:
    """Cyrillic, Greek, Hebrew or Arabic, where the frequent letters come out in proper case."""
    shares = {}
    for name, low, high, frequent in _SCRIPTS:
        text = sample.decode(name, errors="replace")
        characters = "".join(_RUNS.findall(text))
        own = sum(low <= c <= high for c in characters) / len(characters)
        often = sum(c in frequent for c in characters) / len(characters)
        words = _RUNS.findall(text)
        proper = sum(w in (w.lower(), w.capitalize(), w.upper()) for w in words) / len(words)
        shares[name] = own * (0.3 + often) * proper
    # Long runs of Western signs are rare, but then nothing else fits.
    return _best(shares) if max(shares.values()) > 0.35 else "cp1252"
