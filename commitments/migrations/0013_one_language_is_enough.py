"""One language is enough for a title, name, section, unit or indicator; agencies may have a short English name."""

import django.db.models.functions.comparison
import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations, models

from ._triggers import AddTrigger


class Migration(migrations.Migration):
    dependencies = [
        ("commitments", "0012_places_of_any_scheme"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="agency",
            name="insert_insert",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="agency",
            name="update_update",
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name="agency",
            name="delete_delete",
        ),
        migrations.RemoveConstraint(
            model_name="agency",
            name="agency_name_once",
        ),
        migrations.RemoveConstraint(
            model_name="agency",
            name="agency_name_not_blank",
        ),
        migrations.RemoveConstraint(
            model_name="baseline",
            name="baseline_indicator_once",
        ),
        migrations.RemoveConstraint(
            model_name="commitment",
            name="commitment_title_not_blank",
        ),
        migrations.RemoveConstraint(
            model_name="jurisdiction",
            name="jurisdiction_name_not_blank",
        ),
        migrations.RemoveConstraint(
            model_name="milestone",
            name="milestone_title_not_blank",
        ),
        migrations.RemoveConstraint(
            model_name="priority",
            name="priority_title_not_blank",
        ),
        migrations.RemoveConstraint(
            model_name="target",
            name="target_ratio_is_in_percent",
        ),
        migrations.AddField(
            model_name="agency",
            name="short_name_en",
            field=models.CharField(
                blank=True,
                help_text="Shown in English lists.",
                max_length=60,
                verbose_name="short English name",
            ),
        ),
        migrations.AddField(
            model_name="agencyedit",
            name="short_name_en",
            field=models.CharField(
                blank=True,
                help_text="Shown in English lists.",
                max_length=60,
                verbose_name="short English name",
            ),
        ),
        migrations.AlterField(
            model_name="agency",
            name="name",
            field=models.CharField(blank=True, max_length=100, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="agency",
            name="name_en",
            field=models.CharField(blank=True, max_length=200, verbose_name="English name"),
        ),
        migrations.AlterField(
            model_name="agencyedit",
            name="name",
            field=models.CharField(blank=True, max_length=100, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="agencyedit",
            name="name_en",
            field=models.CharField(blank=True, max_length=200, verbose_name="English name"),
        ),
        migrations.AlterField(
            model_name="baseline",
            name="indicator",
            field=models.CharField(blank=True, max_length=100, verbose_name="indicator"),
        ),
        migrations.AlterField(
            model_name="baseline",
            name="indicator_en",
            field=models.CharField(blank=True, max_length=200, verbose_name="English indicator"),
        ),
        migrations.AlterField(
            model_name="baseline",
            name="unit",
            field=models.CharField(blank=True, max_length=20, verbose_name="unit"),
        ),
        migrations.AlterField(
            model_name="baselineedit",
            name="indicator",
            field=models.CharField(blank=True, max_length=100, verbose_name="indicator"),
        ),
        migrations.AlterField(
            model_name="baselineedit",
            name="indicator_en",
            field=models.CharField(blank=True, max_length=200, verbose_name="English indicator"),
        ),
        migrations.AlterField(
            model_name="baselineedit",
            name="unit",
            field=models.CharField(blank=True, max_length=20, verbose_name="unit"),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="section",
            field=models.CharField(blank=True, max_length=100, verbose_name="section"),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="section_en",
            field=models.CharField(blank=True, max_length=200, verbose_name="English section"),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="title",
            field=models.CharField(blank=True, max_length=200, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="commitment",
            name="title_en",
            field=models.CharField(blank=True, max_length=300, verbose_name="English title"),
        ),
        migrations.AlterField(
            model_name="commitmentedit",
            name="section",
            field=models.CharField(blank=True, max_length=100, verbose_name="section"),
        ),
        migrations.AlterField(
            model_name="commitmentedit",
            name="section_en",
            field=models.CharField(blank=True, max_length=200, verbose_name="English section"),
        ),
        migrations.AlterField(
            model_name="commitmentedit",
            name="title",
            field=models.CharField(blank=True, max_length=200, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="commitmentedit",
            name="title_en",
            field=models.CharField(blank=True, max_length=300, verbose_name="English title"),
        ),
        migrations.AlterField(
            model_name="jurisdiction",
            name="name",
            field=models.CharField(blank=True, max_length=100, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="jurisdiction",
            name="name_en",
            field=models.CharField(blank=True, max_length=200, verbose_name="English name"),
        ),
        migrations.AlterField(
            model_name="jurisdictionedit",
            name="name",
            field=models.CharField(blank=True, max_length=100, verbose_name="name"),
        ),
        migrations.AlterField(
            model_name="jurisdictionedit",
            name="name_en",
            field=models.CharField(blank=True, max_length=200, verbose_name="English name"),
        ),
        migrations.AlterField(
            model_name="milestone",
            name="title",
            field=models.CharField(blank=True, max_length=200, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="milestone",
            name="title_en",
            field=models.CharField(blank=True, max_length=300, verbose_name="English title"),
        ),
        migrations.AlterField(
            model_name="milestoneedit",
            name="title",
            field=models.CharField(blank=True, max_length=200, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="milestoneedit",
            name="title_en",
            field=models.CharField(blank=True, max_length=300, verbose_name="English title"),
        ),
        migrations.AlterField(
            model_name="plan",
            name="title",
            field=models.CharField(blank=True, max_length=200, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="plan",
            name="title_en",
            field=models.CharField(blank=True, max_length=300, verbose_name="English title"),
        ),
        migrations.AlterField(
            model_name="planedit",
            name="title",
            field=models.CharField(blank=True, max_length=200, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="planedit",
            name="title_en",
            field=models.CharField(blank=True, max_length=300, verbose_name="English title"),
        ),
        migrations.AlterField(
            model_name="priority",
            name="title",
            field=models.CharField(blank=True, max_length=100, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="priority",
            name="title_en",
            field=models.CharField(blank=True, max_length=200, verbose_name="English title"),
        ),
        migrations.AlterField(
            model_name="priorityedit",
            name="title",
            field=models.CharField(blank=True, max_length=100, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="priorityedit",
            name="title_en",
            field=models.CharField(blank=True, max_length=200, verbose_name="English title"),
        ),
        migrations.AlterField(
            model_name="statuscount",
            name="section",
            field=models.CharField(max_length=200, null=True, verbose_name="section"),
        ),
        migrations.AlterField(
            model_name="target",
            name="title",
            field=models.CharField(blank=True, max_length=200, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="target",
            name="title_en",
            field=models.CharField(blank=True, max_length=300, verbose_name="English title"),
        ),
        migrations.AlterField(
            model_name="target",
            name="unit",
            field=models.CharField(blank=True, max_length=20, verbose_name="unit"),
        ),
        migrations.AlterField(
            model_name="target",
            name="unit_en",
            field=models.CharField(blank=True, max_length=40, verbose_name="English unit"),
        ),
        migrations.AlterField(
            model_name="targetedit",
            name="title",
            field=models.CharField(blank=True, max_length=200, verbose_name="title"),
        ),
        migrations.AlterField(
            model_name="targetedit",
            name="title_en",
            field=models.CharField(blank=True, max_length=300, verbose_name="English title"),
        ),
        migrations.AlterField(
            model_name="targetedit",
            name="unit",
            field=models.CharField(blank=True, max_length=20, verbose_name="unit"),
        ),
        migrations.AlterField(
            model_name="targetedit",
            name="unit_en",
            field=models.CharField(blank=True, max_length=40, verbose_name="English unit"),
        ),
        AddTrigger(
            model_name="agency",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_agencyedit" ("code", "id", "jurisdiction_id", "name", "name_en", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name_en") VALUES (NEW."code", NEW."id", NEW."jurisdiction_id", NEW."name", NEW."name_en", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'insert\', NEW."id", NEW."short_name_en"); RETURN NULL;',
                    hash="da0f61b5f1e18761417b8a274531572afafbc65e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d325b",
                    table="commitments_agency",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="agency",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "commitments_agencyedit" ("code", "id", "jurisdiction_id", "name", "name_en", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name_en") VALUES (NEW."code", NEW."id", NEW."jurisdiction_id", NEW."name", NEW."name_en", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'update\', NEW."id", NEW."short_name_en"); RETURN NULL;',
                    hash="ddd63948910a10b97304d0ade3b69fbdc0917acf",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c4f9c",
                    table="commitments_agency",
                    when="AFTER",
                ),
            ),
        ),
        AddTrigger(
            model_name="agency",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "commitments_agencyedit" ("code", "id", "jurisdiction_id", "name", "name_en", "pgh_context", "pgh_created_at", "pgh_label", "pgh_obj_id", "short_name_en") VALUES (OLD."code", OLD."id", OLD."jurisdiction_id", OLD."name", OLD."name_en", COALESCE(NULLIF(CURRENT_SETTING(\'pghistory.context_metadata\', TRUE), \'\'), NULL)::JSONB, clock_timestamp(), \'delete\', OLD."id", OLD."short_name_en"); RETURN NULL;',
                    hash="8b7bb187d4171f2f9e47584a7f03f4ea608899b2",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4cbda",
                    table="commitments_agency",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.UniqueConstraint(
                models.F("jurisdiction"),
                django.db.models.functions.comparison.Coalesce(
                    django.db.models.functions.comparison.NullIf("name", models.Value("")), "name_en"
                ),
                name="agency_name_once",
                violation_error_message="Another agency of the place already has this name.",
            ),
        ),
        migrations.AddConstraint(
            model_name="agency",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), ("name_en", ""), _negated=True),
                name="agency_name_in_a_language",
                violation_error_message="Give the name in Chinese or English; one is enough.",
            ),
        ),
        migrations.AddConstraint(
            model_name="baseline",
            constraint=models.CheckConstraint(
                condition=models.Q(("indicator", ""), ("indicator_en", ""), _negated=True),
                name="baseline_indicator_in_a_language",
                violation_error_message="Give the indicator in Chinese or English; one is enough.",
            ),
        ),
        migrations.AddConstraint(
            model_name="baseline",
            constraint=models.CheckConstraint(
                condition=models.Q(("unit", ""), ("unit_en", ""), _negated=True),
                name="baseline_unit_in_a_language",
                violation_error_message="Give the unit in Chinese or English; one is enough.",
            ),
        ),
        migrations.AddConstraint(
            model_name="baseline",
            constraint=models.UniqueConstraint(
                models.F("commitment"),
                django.db.models.functions.comparison.Coalesce(
                    django.db.models.functions.comparison.NullIf("indicator", models.Value("")),
                    "indicator_en",
                ),
                name="baseline_indicator_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), ("title_en", ""), _negated=True),
                name="commitment_title_in_a_language",
                violation_error_message="Give the title in Chinese or English; one is enough.",
            ),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(("section", ""), ("section_en", ""), _negated=True),
                name="commitment_section_in_a_language",
                violation_error_message="Give the section in Chinese or English; one is enough.",
            ),
        ),
        migrations.AddConstraint(
            model_name="jurisdiction",
            constraint=models.CheckConstraint(
                condition=models.Q(("name", ""), ("name_en", ""), _negated=True),
                name="jurisdiction_name_in_a_language",
                violation_error_message="Give the name in Chinese or English; one is enough.",
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), ("title_en", ""), _negated=True),
                name="milestone_title_in_a_language",
                violation_error_message="Give the title in Chinese or English; one is enough.",
            ),
        ),
        migrations.AddConstraint(
            model_name="plan",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), ("title_en", ""), _negated=True),
                name="plan_title_in_a_language",
                violation_error_message="Give the title in Chinese or English; one is enough.",
            ),
        ),
        migrations.AddConstraint(
            model_name="priority",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), ("title_en", ""), _negated=True),
                name="priority_title_in_a_language",
                violation_error_message="Give the title in Chinese or English; one is enough.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("title", ""), ("title_en", ""), _negated=True),
                name="target_title_in_a_language",
                violation_error_message="Give the title in Chinese or English; one is enough.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(("unit", ""), ("unit_en", ""), _negated=True),
                name="target_unit_in_a_language",
                violation_error_message="Give the unit in Chinese or English; one is enough.",
            ),
        ),
        migrations.AddConstraint(
            model_name="target",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("accumulation", "ratio"), _negated=True),
                    models.Q(("unit__in", ["", "%"]), ("unit_en__in", ["", "%"])),
                    _connector="OR",
                ),
                name="target_ratio_is_in_percent",
                violation_error_message="A ratio is a percentage, so its unit must be “%”.",
            ),
        ),
    ]
