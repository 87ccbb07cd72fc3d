"""Who hears of a round: a file the office page reads, and mail; silence is a message too."""

import json
import os
import smtplib
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

HEARTBEAT = timedelta(days=7)
MOST_LINES = 30


def write_report(path: Path, report: dict) -> None:
    """Put the report there whole: whoever reads it sees this round or the one before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    beside.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    beside.replace(path)


@dataclass
class Post:
    """Mail by SMTP. Account and password, where there are any, come from the environment."""

    to: str
    server: str  # host:port
    sender: str

    def send(self, subject: str, text: str) -> None:
        letter = EmailMessage()
        letter["Subject"], letter["From"], letter["To"] = subject, self.sender, self.to
        letter.set_content(text)
        host, _, port = self.server.partition(":")
        with smtplib.SMTP(host, int(port or 25), timeout=20) as line:
            if account := os.environ.get("GUONG_SMTP_USER"):
                line.starttls()
                line.login(account, os.environ.get("GUONG_SMTP_PASSWORD", ""))
            line.send_message(letter)


@dataclass
class Messenger:
    """Tells what is new, that it is over, and once a week that all is well."""

    post: Post
    told: tuple[str, ...] = ()
    told_at: datetime | None = None

    def tell(self, report: dict, now: datetime) -> bool:
        """Send a letter if there is a reason; return whether one went. Raises OSError, SMTPException."""
        words = tuple(sorted(finding["message"] for finding in report["findings"]))
        is_due = self.told_at is None or now - self.told_at >= HEARTBEAT
        if words == self.told and not is_due:
            return False
        self.post.send(_subject(report, words, self.told), _text(report, words))
        self.told, self.told_at = words, now
        return True


def _subject(report: dict, words: tuple, before: tuple) -> str:
    if words:
        return f"[Gương] {len(words)} điều bất thường ở {report['portal']}"
    return f"[Gương] {'Đã trở lại bình thường' if before else 'Mọi trang đúng'}: {report['portal']}"


def _text(report: dict, words: tuple) -> str:
    lines = [f"Cổng: {report['portal']}", f"Bản phát hành: {report.get('release') or 'không rõ'}"]
    lines += [f"Lúc: {report['at']}", ""]
    lines += [f"- {line}" for line in words[:MOST_LINES]] or ["Không thấy gì khác bản đã ký."]
    if len(words) > MOST_LINES:
        lines.append(f"… và {len(words) - MOST_LINES} điều nữa, xem tệp báo cáo.")
    if words:
        lines += [
            "",
            "Việc làm ngay: guong release check rồi guong release repair trên máy chủ cổng;",
        ]
        lines += ["giữ tệp lạ làm chứng cứ, đổi mật khẩu máy chủ, tìm ra lối vào trước khi mở lại."]
    return "\n".join(lines) + "\n"
