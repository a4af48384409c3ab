"""How boards kept to their terms, and documents of both."""

from django.urls import path

from boards.views import compliance, terms_pdf

ONE = "boards/<slug:slug>/"

urlpatterns = [
    path("assurance/boards/", compliance.compliance_all, name="compliance_all"),
    path(f"{ONE}compliance/", compliance.compliance, name="compliance"),
    path(f"{ONE}compliance/chart.svg", compliance.chart, name="compliance_chart"),
    path(f"{ONE}compliance/compliance.pdf", compliance.compliance_pdf, name="compliance_pdf"),
    path(f"{ONE}terms/<int:number>/terms.pdf", terms_pdf.terms_pdf, name="terms_pdf"),
]
