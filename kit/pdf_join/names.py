"""What may travel from a paper into a pack. What is not listed here stays behind."""

PAGE_KEYS = frozenset(
    (
        "/Type",
        "/Parent",
        "/Resources",
        "/Contents",
        "/MediaBox",
        "/CropBox",
        "/BleedBox",
        "/TrimBox",
        "/ArtBox",
        "/Rotate",
        "/Group",
        "/UserUnit",
        "/StructParents",
        "/Annots",
    )
)
LINK_KEYS = frozenset(
    (
        "/Type",
        "/Subtype",
        "/Rect",
        "/Contents",
        "/Border",
        "/C",
        "/BS",
        "/H",
        "/QuadPoints",
        "/F",
        "/StructParent",
        "/A",
        "/Dest",
        "/Lang",
    )
)
URI_KEYS = frozenset(("/Type", "/S", "/URI", "/IsMap"))
# Links by key in our own pages, made into jumps when everything has its place.
LINK = "pack:"
WEB = ("http://", "https://", "mailto:", "tel:")
# They are drawn on the page as they look in print; any other annotation is left out.
DRAWN = frozenset(
    (
        "/Widget",
        "/FreeText",
        "/Line",
        "/Square",
        "/Circle",
        "/Polygon",
        "/PolyLine",
        "/Highlight",
        "/Underline",
        "/Squiggly",
        "/StrikeOut",
        "/Stamp",
        "/Ink",
        "/Caret",
        "/Watermark",
    )
)
# Of pictures and drawings inside a page.
NEVER_IN_DRAWINGS = ("/Metadata", "/PieceInfo", "/OPI", "/Ref", "/AF", "/Alternates", "/LastModified")
# Never in a finished pack, wherever it hides.
NEVER = (
    "/JS",
    "/EF",
    "/AF",
    "/AA",
    "/OpenAction",
    "/PieceInfo",
    "/RF",
    "/XFA",
)
NEVER_DONE = frozenset(
    (
        "/JavaScript",
        "/Launch",
        "/GoToR",
        "/GoToE",
        "/SubmitForm",
        "/ImportData",
        "/Rendition",
        "/Movie",
        "/Sound",
        "/RichMediaExecute",
        "/ResetForm",
        "/Hide",
        "/Named",
        "/Thread",
    )
)
GROUPS = "Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private"
BLOCKS = "H H1 H2 H3 H4 H5 H6 P L LI Lbl LBody Table TR TH TD THead TBody TFoot"
INLINE = "Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula Form"
STANDARD_ROLES = frozenset(f"/{name}" for names in (GROUPS, BLOCKS, INLINE) for name in names.split(" "))
# What stands under /S in other things than tags: a role of such a name is looked for tag by tag.
ACTIONS = "URI GoTo SetOCGState Trans GoTo3DView S D B I U R r A a P"
LOOKS = "Transparency Alpha Luminosity GTS_PDFX GTS_PDFA1 ISO_PDFE1 MR SR MD MCD MCS MH CAV FB SPS SIS Font Image Text"
TURNS = "Split Blinds Box Wipe Dissolve Glitter Fly Push Cover Uncover Fade Linear"
SAID_OTHERWISE = NEVER_DONE | {f"/{name}" for names in (ACTIONS, LOOKS, TURNS) for name in names.split(" ")}
