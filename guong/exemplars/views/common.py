"""What the pages of a record share."""

from django.shortcuts import get_object_or_404
from django.urls import reverse

from ..models import Exemplar


def visible(request, pk) -> Exemplar:
    return get_object_or_404(Exemplar.objects.visible_to(request.user), pk=pk)


def life_url(pk) -> str:
    return reverse("web:life", args=[pk])
