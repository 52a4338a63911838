"""The buttons of exports. What was asked for is its organiser's own: for anybody else there is no such button."""

from actions.organising.exports import exports
from actions.organising.team.team import Needs
from domain.outcomes.organising.exports import ExportOf
from domain.team import Duty
from handlers import button_actions
from handlers.button_arguments import number
from handlers.routes import Route, at_desk
from messages.buttons import Verb

ROUTES: dict[Verb, Route] = {
    Verb.EXPORTS: at_desk(Needs(Duty.RUN), exports.begin),
    Verb.EXPORT: at_desk(exports.NEEDS, exports.offer, number),
    Verb.EXPORT_OF: at_desk(exports.NEEDS, exports.preview, number, ExportOf),
    Verb.EXPORT_CSV: at_desk(exports.NEEDS, button_actions.export_csv, number, ExportOf, number),
    Verb.EXPORT_XLSX: at_desk(exports.NEEDS, button_actions.export_xlsx, number, ExportOf, number),
}
