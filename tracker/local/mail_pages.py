"""The viewer's HTML."""

import re
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from html import escape

from tracker.local.mailbox import body, header

STYLE = """
:root { color-scheme: light dark; --line: #8884; --quiet: light-dark(#555, #aaa); }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 60rem; padding: 1rem;
  font: 1rem/1.5 system-ui, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; }
h1 { font-size: 1.25rem; margin: 0 0 1rem; }
a { color: light-dark(#0b57d0, #8ab4f8); }
p, td, dd, li { overflow-wrap: anywhere; }
ul { list-style: none; margin: 0; padding: 0; }
li { border-top: 1px solid var(--line); padding: .6rem 0; }
li a { font-weight: 600; }
.quiet { color: var(--quiet); font-size: .875rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem .75rem; margin: 0 0 1rem;
  font-size: .875rem; }
dt { color: var(--quiet); }
dd { margin: 0; }
iframe { width: 100%; height: 75vh; border: 1px solid var(--line); border-radius: .375rem; background: #fff;
  color-scheme: light; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; border: 1px solid var(--line); border-radius: .375rem;
  padding: .75rem; font-size: .875rem; }
summary { cursor: pointer; padding: .5rem 0; }
"""
SHOWN_HEADERS = ("From", "To", "X-Envelope-To", "Cc", "Date", "List-Unsubscribe")


def list_page(mails: list[tuple[str, EmailMessage]], total: int) -> str:
    if not mails:
        return _page("邮件 · Mail", "<p>还没有邮件。 · No mail yet.</p>")
    rows = "".join(_row(name, message) for name, message in mails)
    more = f'<p class="quiet">{len(mails)} / {total}</p>' if total > len(mails) else ""
    return _page(f"邮件 · Mail ({total})", f"<ul>{rows}</ul>{more}")


def mail_page(name: str, message: EmailMessage) -> str:
    headers = "".join(_header_line(label, header(message, label)) for label in SHOWN_HEADERS)
    content = "".join((_html_part(name, message), _text_part(message), _all_headers(message)))
    back = f'<p><a href="/">← 全部邮件 · All mail</a> · <a href="/{name}.eml">原文 · Raw (.eml)</a></p>'
    return _page(_subject(message), f"{back}<dl>{headers}</dl>{content}")


def with_links_outside(html: str) -> str:
    """Return the mail with links that open a window instead of vanishing into the frame."""
    base = '<base target="_blank">'
    changed, count = re.subn(r"(<head\b[^>]*>)", rf"\1{base}", html, count=1, flags=re.IGNORECASE)
    return changed if count else base + html


def _page(title: str, content: str) -> str:
    return (
        '<!doctype html><html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{content}</main></body></html>"
    )


def _row(name: str, message: EmailMessage) -> str:
    when, to = local_time(header(message, "Date")), header(message, "To") or header(message, "X-Envelope-To")
    return (
        f'<li><a href="/{name}/">{escape(_subject(message))}</a>'
        f'<div class="quiet">{escape(to)}<br>{escape(when)}</div></li>'
    )


def local_time(date: str) -> str:
    try:
        return f"{parsedate_to_datetime(date).astimezone():%Y-%m-%d %H:%M}"
    except (ValueError, OverflowError):
        return date


def _subject(message: EmailMessage) -> str:
    return header(message, "Subject") or "（无主题 · no subject）"


def _header_line(label: str, value: str) -> str:
    return f"<dt>{label}</dt><dd>{escape(value)}</dd>" if value else ""


def _html_part(name: str, message: EmailMessage) -> str:
    if body(message, "html") is None:
        return ""
    allowed = "allow-popups allow-popups-to-escape-sandbox"
    return f'<iframe src="/{name}/html" sandbox="{allowed}" title="邮件正文 · The mail"></iframe>'


def _text_part(message: EmailMessage) -> str:
    text = body(message, "plain")
    if text is None:
        return ""
    is_open = "" if body(message, "html") else " open"
    return f"<details{is_open}><summary>纯文本 · Text</summary><pre>{escape(text)}</pre></details>"


def _all_headers(message: EmailMessage) -> str:
    lines = "\n".join(f"{name}: {header(message, name)}" for name in dict.fromkeys(message.keys()))
    return f"<details><summary>邮件头 · Headers</summary><pre>{escape(lines)}</pre></details>"
