"""People, posts and units."""

from django.urls import path

from people.views import history, persons, posts, tenures, units

app_name = "people"
urlpatterns = [
    path("people/", posts.posts, name="posts"),
    path("people/posts/new/", posts.new, name="post_new"),
    path("people/posts/<slug:code>/", posts.post, name="post"),
    path("people/posts/<slug:code>/history/", history.post, name="post_history"),
    path("people/posts/<slug:code>/edit/", posts.edit, name="post_edit"),
    path("people/posts/<slug:code>/tenures/new/", tenures.new, name="tenure_new"),
    path("people/posts/<slug:code>/tenures/<int:pk>/edit/", tenures.edit, name="tenure_edit"),
    path("people/posts/<slug:code>/tenures/<int:pk>/end/", tenures.end, name="tenure_end"),
    path("people/posts/<slug:code>/delegations/new/", tenures.new_delegation, name="delegation_new"),
    path("people/posts/<slug:code>/delegations/<int:pk>/end/", tenures.end_delegation, name="delegation_end"),
    path("people/persons/", persons.persons, name="persons"),
    path("people/persons/new/", persons.new, name="person_new"),
    path("people/persons/<slug:code>/", persons.person, name="person"),
    path("people/persons/<slug:code>/history/", history.person, name="person_history"),
    path("people/persons/<slug:code>/edit/", persons.edit, name="person_edit"),
    path("people/units/", units.units, name="units"),
    path("people/units/new/", units.new, name="unit_new"),
    path("people/units/<slug:code>/edit/", units.edit, name="unit_edit"),
]
