"""Who follows whom, from the side of those who are followed."""

from django.db.models import Count, Prefetch, QuerySet

from guong.exemplars.models import Exemplar
from guong.units.models import User

from .models import Adoption


def followed(reader: User) -> QuerySet[Exemplar]:
    """Recognised exemplars somebody follows, the most followed first.

    Each carries `following`, the number of adoptions the reader may see, and `followers`, these
    adoptions by the day they began.
    """
    seen = Adoption.objects.visible_to(reader).alive()
    return (
        Exemplar.objects.recognised()
        .filter(adoptions__in=seen)
        .annotate(following=Count("adoptions"))
        .select_related("unit", "commune")
        .prefetch_related(
            Prefetch(
                "adoptions",
                queryset=seen.select_related("unit").order_by("started_on", "pk"),
                to_attr="followers",
            )
        )
        .order_by("-following", "sort_key", "pk")
    )
