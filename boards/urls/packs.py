"""The pack of a meeting: its page, its building, its editions, what is read and sent."""

from django.urls import path

from boards.views import packs, packs_build, packs_read

PACK = "boards/<slug:slug>/meetings/<int:pk>/pack/"
EDITION = f"{PACK}<int:number>/"

urlpatterns = [
    path(PACK, packs.pack, name="pack"),
    path(f"{PACK}build/", packs_build.start, name="pack_build"),
    path(f"{PACK}building/", packs_build.progress, name="pack_building"),
    path(EDITION, packs.edition, name="pack_edition"),
    path(f"{EDITION}circulate/", packs_build.circulate, name="pack_circulate"),
    path(f"{EDITION}copies/", packs.copies, name="pack_copies"),
    path(f"{EDITION}files/<int:file>/", packs_read.file, name="pack_file"),
    path(f"{EDITION}read/", packs_read.read, name="pack_read"),
    path(f"{EDITION}files/<int:file>/papers/<int:paper>/", packs_read.paper, name="pack_paper"),
]
