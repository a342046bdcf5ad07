"""The staff's own pages inside the admin site, beside Django's."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from .base import language
from .pages import first_steps, help_page, own_sessions, publishing, sign_in, system
from .pages.commitment import deciding
from .pages.commitment import views as officer_page
from .pages.progress_import import urls as imports
from .pages.quick_log import page as quick_log
from .pages.quick_log import pasted
from .pages.review_queue import views as review_queue

app_name = "staff"
own = admin.site.admin_view
urlpatterns: list[URLPattern | URLResolver] = [
    # These come before Django's own pages, at the same addresses.
    path("login/", sign_in.sign_in, name="sign_in"),
    path("logout/", own(sign_in.sign_out), name="sign_out"),
    path("password_change/", own(sign_in.change_password), name="change_password"),
    path("set-password/<uidb64>/<token>/", sign_in.SetPassword.as_view(), name="set_password"),
    path("calendar/", own(first_steps.confirm_calendar), name="confirm_calendar"),
    path("mail/", own(first_steps.send_test_mail), name="send_test_mail"),
    path("commitment/<int:pk>/", own(officer_page.overview), name="overview"),
    path("commitment/<int:pk>/confidence/", own(officer_page.state_confidence), name="state_confidence"),
    path("commitment/<int:pk>/drop/", own(deciding.drop), name="drop"),
    path("commitment/<int:pk>/reinstate/", own(deciding.reinstate), name="reinstate"),
    path("commitment/<int:pk>/target/<int:target>/", own(deciding.revise), name="revise"),
    path("help/", own(help_page.page), name="help"),
    path("help/<slug:name>.png", own(help_page.picture), name="help_picture"),
    path("import/", include(imports.urlpatterns)),
    path("language/", own(language.choose), name="language"),
    path("log/", own(quick_log.page), name="quick_log"),
    path("log/drafts/", own(quick_log.save_drafts), name="quick_log_drafts"),
    path("log/pasted/", own(pasted.paste), name="quick_log_pasted"),
    path("plan/<int:pk>/publish/", own(publishing.publish), name="publish"),
    path("plan/<int:pk>/count/", own(publishing.count), name="count_for_place"),
    path("sessions/", own(own_sessions.page), name="sessions"),
    path("system/", own(system.page), name="system"),
    path("review/", own(review_queue.page), name="review_queue"),
    path("review/approve/", own(review_queue.approve_ticked), name="review_approve"),
    path("review/<int:pk>/", own(review_queue.decide_one), name="review_decide"),
]
