"""The message once all parts run."""

from pathlib import Path

from tracker.local.services import Ports

DEMO_LOGINS = {
    "clerk": "logs an agency's progress · 填报员",
    "reviewer": "approves or returns it · 审核员",
    "supervision": "runs the plan · 督查室",
    "leader": "reads · 领导",
    "admin": "may do everything · 管理员",
}


def welcome(ports: Ports, demo_password: str, logs: Path) -> str:
    return "\n".join(
        [
            "",
            "Policy Commitment Tracker is running · 政策承诺跟踪系统已启动",
            "",
            f"  公开页面               {ports.site}/",
            f"  Public page            {ports.site}/en/",
            f"  Admin · 管理           {ports.site}/admin/",
            f"  API                    {ports.site}/api/v1/",
            f"  Mails · 邮件           {ports.mails}",
            "",
            f"  Demo logins as they were loaded, all with the password  {demo_password}",
            *(f"    {name:<12} {what}" for name, what in DEMO_LOGINS.items()),
            "",
            f"Logs: {logs}",
            "Ctrl-C stops everything; the data stays (make reset forgets it).",
        ]
    )
