"""Making a meeting's pack: who may read what comes first, then a manifest for each file, then the file from it.

audience   who gets the pack, what each of them sees, which files that makes
gathering  everything the pack is made from, loaded once
manifest   the same as plain data: as a whole, as one audience sees it, and its hash
changes    what is new, changed or gone between two such views
planning   the manifests of an edition, as they would be now
pages      a manifest as sections of a PDF; assemble writes the file
stale      why a pack that was built is no longer what would be built
"""
