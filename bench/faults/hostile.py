"""Values that have broken services, as they stand in an address or a form: percent-encoded."""

from urllib.parse import quote

TEXTS = (
    "", " ", "\ufeff", "\ufffd", "\x01\x1b[31m", "\x7f", "é" * 300, "😀", "渭滨区",
    "0", "1", "-1", "+1", "1.5", "1e5", "1e400", "-1e-400", "9" * 20, "9" * 400, "0x10", "1_000", "1,000", "１２", "٣", "①", "½",
    "NaN", "Infinity", "-Infinity", "inf", "2147483648", "9223372036854775808", "-9223372036854775809", "1E+1000000",
    "2023-02-30", "0000-00-00", "0001-01-01", "9999-12-31", "99999-01-01", "2023-06-30", "2023-W01-1", "20230630", "2023-13",
    "0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2023-06-30T00:00:00+99:99", "2023-06-30T24:00:00Z", "12:00",
    ",", ",,", "a,b", ",1", "1,2,3", "a" + ",a" * 300, "--code", "-", "on", "true", "null", "None", "undefined",
    "%", "%s%n%d", "%(a)s", "{0}", "{{7*7}}", "${jndi:ldap://x}", "' OR 1=1--", "'; DROP TABLE x;--", '"', "\\", "\\x00", "`id`",
    "../../etc/passwd", "..%2f", "//example.org", "javascript:alert(1)", "<script>alert(1)</script>", "http://[::1", "a@b",
    "_00", "_", "_5F00", "a__b", "id__in", "[]", "{}", "[1", '{"a":1}', "[" * 900, '{"a":' * 300, "x" * 300, "x" * 3000,
    "a\r\nSet-Cookie: b=c", "=1+1", "@SUM(1)", "610302-2023", "LIV-SVC-04", "csv", "en", "zh-hans", "all", "asc",
)  # fmt: skip
# The gate refuses these: NUL, halves of surrogate pairs, bytes that are no UTF-8, signs that turn a text
# round.
BARRED = ("%00", "a%00b", "%ED%A0%80", "%FF%FE", "%C0%80", "%E2%80%AEabc", "abc%E2%81%A6", "%E2%80%8F")
# A plus sign, a single percent sign, and an escape within an escape.
RAW = ("%", "%zz", "%u0041", "+", "%2500")
VALUES = (*(quote(text, safe="") for text in TEXTS), *RAW)
NAMES = (
    "q", "o", "p", "e", "all", "page", "page_size", "id", "pk", "_popup", "_to_field", "_changelist_filters", "term", "format",
    "next", "lang", "%00", "%E2%80%AE", "a%00b", "__proto__", "plan__id__exact", "id__in", "pk__gte", "a__b__c", "%ED%A0%80",
)  # fmt: skip
SUFFIXES = (
    *[""] * 12,
    "__in",
    "__gte",
    "__isnull",
    "__exact",
    "__regex",
    "__range",
    "__year",
    "__icontains",
    "[]",
    "%00",
)
HEADERS = {
    "Accept": ("*/*", "text/csv", "application/json", "text/html;q=x", ";", "application/json; indent=999999999"),
    "Accept-Language": ("en", "zh-CN", "*", "x" * 300, "en;q=0.0000001", "en-" * 50, "\xff"),
    "Content-Type": ("text/plain; charset=hex", "application/json", "multipart/form-data", "x", "application/json; charset=utf-7"),
    "Cookie": ('sessionid="a\\000bcdefgh"', "csrftoken=1", "sessionid=" + "x" * 900, "messages=x", "=;=;", "django_language=%00"),
    "If-None-Match": ("*", '"x"', 'W/"', "\xff"),
    "If-Modified-Since": ("yesterday", "Thu, 01 Jan 99999 00:00:00 GMT"),
    "Range": ("bytes=0-0", "bytes=9-1", "bytes=-99999999999999999999", "x"),
    "Host": ("example.org", "a b", "127.0.0.1:99999", "[::1"),
    "Origin": ("null", "https://example.org", "x"),
    "Referer": ("x", "http://[", "https://example.org/" + "a" * 900),
    "User-Agent": ("", "x" * 2000, "\xff\xfe"),
    "X-Forwarded-For": ("1.2.3.4", "x", "1.2.3.4," * 100, "::ffff:1.2.3.4%1"),
    "X-Forwarded-Proto": ("https", "x"),
    "X-Http-Method-Override": ("DELETE",),
    "X-Requested-With": ("XMLHttpRequest",),
}  # fmt: skip
BODIES = (
    b"", b"\0", b"\xff" * 50, b"{}", b"[]", b"null", b'{"ends_on": "2023-08-31", "rows": {"1": {"value": "\\u0000"}}}',
    b'{"ends_on": "9999-12-31", "rows": {"99999999999999999999": {}}}', b'{"rows": []}', b'"\\ud800"', b"[" * 5000,
    b"--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\0.xlsx\"\r\n\r\nPK\x03\x04\r\n--x--\r\n",
    b"a=%00&" * 2000, b"a=1&" * 11000,
)  # fmt: skip
FILES = (
    b"",
    b"PK\x03\x04",
    b"%PDF-1.7",
    b"code,value\nLIV-SVC-04,\0\n",
    b"\xff\xd8\xff",
    b"\xd0\xcf\x11\xe0",
    b"code,value\n" * 50,
)
FILE_NAMES = (
    "a.xlsx",
    "a.csv",
    "a%00.csv",
    "../../a.xlsx",
    "x" * 300 + ".csv",
    "\u202excod.exe",
    "",
    'a"b.csv',
    "渭滨.csv",
)
METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "get")
