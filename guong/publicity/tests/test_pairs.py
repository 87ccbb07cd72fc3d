"""A record with stories is the one that is kept."""

import pytest
from django.core.exceptions import ValidationError

from guong.exemplars import actions
from guong.exemplars.tests.test_pairs import WHY, board, two_alike
from guong.publicity.tests.factories import waiting

pytestmark = pytest.mark.django_db


def test_merge_is_refused_for_a_record_with_stories():
    told = waiting().exemplar
    with pytest.raises(ValidationError) as refusal:
        told.recognised_on = None
        told.save()
        actions.merge(kept=two_alike()[0], merged=told, by=board(), reason=WHY)
    assert "đã có bài viết" in refusal.value.messages[0]
