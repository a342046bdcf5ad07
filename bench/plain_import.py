"""The usual way: django-import-export with its defaults, first to preview and then to import."""

from import_export.fields import Field
from import_export.formats.base_formats import CSV, XLSX
from import_export.resources import ModelResource
from import_export.widgets import ForeignKeyWidget

from commitments import clock
from commitments.models import ProgressEntry, Target, User

FORMATS = {"CSV": CSV, "XLSX": XLSX}


class ProgressResource(ModelResource):  # type: ignore[misc]
    """A new entry for each row."""

    target = Field("target", "code", ForeignKeyWidget(Target, "code"))
    effective_on = Field("effective_on", "day")

    class Meta:
        model = ProgressEntry
        fields = ("target", "effective_on", "value", "progress")
        import_id_fields = ()
        clean_model_instances = False

    def before_save_instance(self, instance, _row, **kwargs):  # type: ignore[no-untyped-def]
        instance.commitment_id = instance.target.commitment_id
        instance.recorded_by = kwargs["user"]
        instance.recorded_at = instance.counted_from = clock.now()


def plain_import(kind: str, content: bytes, user: User) -> None:
    for dry_run in (True, False):
        form = FORMATS[kind]()
        data = form.create_dataset(content if form.is_binary() else content.decode("utf-8-sig"))
        result = ProgressResource().import_data(data, dry_run=dry_run, raise_errors=True, user=user)
        if result.has_errors() or result.has_validation_errors():
            raise RuntimeError("the library refused rows")
