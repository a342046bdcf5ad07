from django.urls import URLPattern, include, path, re_path, register_converter
from django.urls.converters import StringConverter

from . import (
    agencies,
    commitments,
    description,
    index,
    movements,
    narratives,
    plans,
    priorities,
    progress,
    schema,
    summary,
    targets,
)


class Code(StringConverter):
    """A plan's or commitment's code, of any characters but a slash and NUL, which PostgreSQL does not store."""

    regex = "[^/\x00]+"


register_converter(Code, "code")

v1: list[URLPattern] = [
    path("", index.Index.as_view(), name="index"),
    path("plans/", plans.PlanList.as_view(), name="plans"),
    path("plans/<code:code>/", plans.PlanDetail.as_view(), name="plan"),
    path(
        "plans/<code:plan>/commitments/<code:code>/",
        commitments.CommitmentDetail.as_view(),
        name="commitment",
    ),
    path("priorities/", priorities.PriorityList.as_view(), name="priorities"),
    path("agencies/", agencies.AgencyList.as_view(), name="agencies"),
    path("commitments/", commitments.CommitmentList.as_view(), name="commitments"),
    path("targets/", targets.TargetList.as_view(), name="targets"),
    path("progress/", progress.ProgressList.as_view(), name="progress"),
    path("narratives/", narratives.NarrativeList.as_view(), name="narratives"),
    path("summary/", summary.SummaryList.as_view(), name="summary"),
    path(
        "summary/jurisdictions/<code:code>/<int:year>/",
        summary.JurisdictionSummary.as_view(),
        name="jurisdiction",
    ),
    path("movements/", movements.MovementList.as_view(), name="movements"),
    path("problems/<slug:name>/", index.ProblemKindPage.as_view(), name="problem"),
    path("schema/", description.DescriptionView.as_view(), name="schema"),
    path("docs/", schema.DocsView.as_view(), name="docs"),
    re_path(r"^.+/$", index.UnknownAddress.as_view()),
]
app_name = "api"
urlpatterns = [path("v1/", include(v1))]
