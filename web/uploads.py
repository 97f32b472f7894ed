"""Files that people send in a form. What is kept is never what was sent, but pictures made anew (web/pictures.py)."""

import hashlib
import time
from dataclasses import dataclass
from math import inf
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile, File
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from web.documents import is_pdf, safe_pages
from web.lettering import clean
from web.pictures import MEDIA_TYPES, safe_picture, together

MOST_PAGES_OF_A_PICTURE = 4  # an invoice
LONGEST_WAIT = 25  # seconds for all files of one form: a web server waits half a minute for a page
LONGEST_NAME = 40  # letters of a file's own name, in a refusal


@dataclass(frozen=True)
class Made:
    """A file made anew: its pages as fresh JPEGs. The same file sent again has the same `mark`."""

    mark: str
    pages: tuple[ContentFile[bytes], ...]
    is_document: bool = False


def made_anew(upload: File[Any], *, most_pages: int, until: float = inf) -> Made:
    """A picture, or each page of a PDF. Raises ValidationError in plain words when it can't be, or not in time."""
    is_document = is_pdf(upload)
    pages = safe_pages(upload, most=most_pages, until=until) if is_document else [safe_picture(upload)]
    upload.seek(0)
    return Made(hashlib.file_digest(upload, "sha256").hexdigest(), tuple(pages), is_document)


class PictureField(forms.FileField):
    """A picture sent by people, or a PDF of a few pages. Gives one fresh JPEG, or what was there, or None."""

    widget = forms.FileInput
    default_error_messages: ClassVar = {"empty": _("This file is empty. Choose another.")}

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "accept": MEDIA_TYPES}

    def clean(self, data: Any, initial: Any = None) -> Any:
        kept = super().clean(data, initial)
        if not isinstance(kept, UploadedFile):
            return kept
        return together(made_anew(kept, most_pages=MOST_PAGES_OF_A_PICTURE).pages)


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, UploadedFile[Any]], name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else []


class FilesField(PictureField):
    """Several files at once, at most `most`, each of at most `most_pages`. Gives each of them `Made`."""

    widget = FilesInput

    def __init__(self, *, most: int, most_pages: int, **options: Any) -> None:
        self.most, self.most_pages = most, most_pages
        super().__init__(required=False, widget=FilesInput(attrs={"multiple": True}), **options)

    def clean(self, data: Any, initial: Any = None) -> list[Made]:
        """Every file is looked at; each that can't be kept is named, with why."""
        if len(data) > self.most:
            raise ValidationError(_("You can add %(most)s files.") % {"most": self.most})
        refusals, made, until = [], [], time.monotonic() + LONGEST_WAIT
        for each in data:
            try:
                sent = forms.FileField.clean(self, each)
                made.append(made_anew(sent, most_pages=self.most_pages, until=until))
            except ValidationError as refusal:
                refusals += [f"{short(each.name)}: {sentence}" for sentence in refusal.messages]
        if refusals:
            raise ValidationError(refusals)
        return made


def short(name: str | None) -> str:
    """A file's own name, for whoever sent it: on one line, its end cut off where it is long."""
    return Truncator(" ".join(clean(name or "").split())).chars(LONGEST_NAME)
