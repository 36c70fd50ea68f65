"""A dispatch as words: what is printed and what must be read from it."""
import datetime
from dataclasses import dataclass, field


def printed_date(day):
    """Decree 30/2020: a leading zero for days below 10, and for the months 1 and 2 only."""
    month = f"{day.month:02d}" if day.month <= 2 else str(day.month)
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


@dataclass
class Paragraph:
    """kind: text, base (legal basis, italic), head (bold), centre (bold, centred), article (its
    first words bold), table (rows of cells)."""

    kind: str
    text: str = ""
    bold_words: int = 2
    rows: list = field(default_factory=list)


@dataclass
class Annex:
    title: str
    subject: str
    attached: str
    body: list


@dataclass
class Dispatch:
    layout: str  # letter, named, party, old
    type: str
    number: str
    date: datetime.date
    place: str
    issuer: str
    parent: str = ""
    head_parent: list = field(default_factory=list)  # lines of the left header, not bold
    head_issuer: list = field(default_factory=list)  # bold
    subject: str = ""
    subject_printed: str = ""
    to: list = field(default_factory=list)
    body: list = field(default_factory=list)
    authority: list = field(default_factory=list)  # TM., KT., TL. lines above the signer's title
    signer_title: str = ""
    signer: str = ""
    recipients: list = field(default_factory=list)
    refs: list = field(default_factory=list)
    urgent: str = ""
    seal: list = field(default_factory=list)  # lines in the middle of the seal
    seal_ring: str = ""
    annex: Annex = None
    blank: bool = False  # number and day still to be filled in
    hand_number: bool = False
    hand_date: bool = False

    @property
    def code(self):
        """The digits in front of the notation."""
        return self.number[: len(self.number) - len(self.notation)]

    @property
    def notation(self):
        """The number without its digits, with the sign that joins them: /STTTT-VP, -CV/TU."""
        return self.number.lstrip("0123456789")

    def cite(self, kind, number, day=None):
        """Words that cite another document; what is cited is remembered."""
        self.refs.append({"number": number, "date": day.isoformat() if day else None})
        return f"{kind} số {number}" + (f" {printed_date(day)}" if day else "")

    def truth(self, name, file, form, dpi):
        """What must be read from it; what is still to be filled in reads as empty."""
        return {
            "id": name,
            "file": file,
            "form": form,
            "layout": self.layout,
            "type": self.type,
            "number": "" if self.blank else self.number,
            "date": "" if self.blank else self.date.isoformat(),
            "issuer": self.issuer,
            "parent": self.parent,
            "place": self.place,
            "subject": self.subject,
            "signer": self.signer,
            "signer_title": self.signer_title,
            "urgent": self.urgent,
            "secrecy": "",
            "to": "; ".join(self.to),
            "recipients": self.recipients,
            "refs": self.refs,
            "dpi": dpi,
            "handwritten_number": self.hand_number,
            "handwritten_date": self.hand_date,
        }
