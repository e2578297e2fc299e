"""Every press and the handler it goes to: one visible list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from telegram.ext import CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from handlers import (
    announcing,
    broadcasts,
    comments,
    desk,
    errors,
    hearings,
    mine,
    posters,
    presses,
    privacy,
    programme,
    rooms,
    settings,
    start,
    voting,
)
from handlers.incoming import updates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from telegram.ext import Application

    from handlers.context import Route

    AnyApplication = Application[Any, Any, Any, Any, Any, Any]

ROUTES: Final[Mapping[type[presses.Press], Route]] = {
    presses.ChooseLanguage: start.choose_language,
    presses.Languages: start.languages,
    presses.Purpose: start.purpose,
    presses.Agree: start.agree,
    presses.JustLook: start.just_look,
    presses.Places: start.places,
    presses.PickMunicipality: start.pick_municipality,
    presses.Villages: start.villages,
    presses.PickVillage: start.pick_village,
    presses.OpenPlace: start.open_place,
    presses.Help: start.help_,
    presses.Home: hearings.home,
    presses.OpenHearing: hearings.open_hearing,
    presses.FromPoster: posters.from_poster,
    presses.AllHearings: hearings.all_hearings,
    presses.Agenda: hearings.agenda,
    presses.Venue: hearings.venue,
    presses.Calendar: hearings.calendar,
    presses.Strategy: programme.strategy,
    presses.ServicePage: programme.service_page,
    presses.BudgetPage: programme.budget_page,
    presses.BudgetSide: programme.budget_side,
    presses.LinePage: programme.line_page,
    presses.Ask: voting.ask,
    presses.ChooseOption: voting.choose,
    presses.MarkOption: voting.mark,
    presses.RankOption: voting.rank,
    presses.GiveCoins: voting.give,
    presses.WithdrawVote: voting.withdraw,
    presses.Write: comments.write,
    presses.WriteKind: comments.write_kind,
    presses.WriteList: comments.write_list,
    presses.WriteAbout: comments.write_about,
    presses.CancelWriting: comments.cancel_writing,
    presses.SendUnsent: comments.send_unsent,
    presses.ReadComment: comments.read_comment,
    presses.PlayComment: comments.play_comment,
    presses.AmendComment: comments.amend,
    presses.WithdrawComment: comments.withdraw,
    presses.Wall: comments.wall,
    presses.SupportComment: comments.support,
    presses.Answers: hearings.answers,
    presses.Mine: mine.mine,
    presses.Settings: settings.settings,
    presses.ReminderChoice: settings.reminder_choice,
    presses.SetReminders: settings.set_reminders,
    presses.AboutMe: settings.about_me,
    presses.SetGender: settings.set_gender,
    presses.SetAge: settings.set_age,
    presses.Privacy: privacy.privacy,
    presses.MyData: privacy.my_data,
    presses.Forget: privacy.forget,
    presses.ForgetNow: privacy.forget_now,
    presses.Desk: desk.desk,
    presses.DeskTown: desk.town,
    presses.DeskHearing: desk.hearing,
    presses.DeskVotes: desk.votes,
    presses.Download: desk.download,
    presses.Posters: posters.posters,
    presses.PosterFile: posters.poster_file,
    presses.Queue: desk.queue,
    presses.PublishComment: desk.publish_comment,
    presses.HideChoice: desk.hide_choice,
    presses.HideComment: desk.hide_comment,
    presses.PublishHearing: announcing.publish_hearing,
    presses.Dates: announcing.dates,
    presses.PublishDay: announcing.publish_day,
    presses.PublishHour: announcing.publish_hour,
    presses.PublishAt: announcing.publish_at,
    presses.PostponeDay: announcing.postpone_day,
    presses.PostponeHour: announcing.postpone_hour,
    presses.PostponeWhy: announcing.postpone_why,
    presses.PostponeSure: announcing.postpone_sure,
    presses.CancelWhy: announcing.cancel_why,
    presses.CancelSure: announcing.cancel_sure,
    presses.OwnReason: announcing.own_reason,
    presses.ReminderTimes: announcing.reminder_times,
    presses.ToggleReminder: announcing.toggle_reminder,
    presses.ToggleClosing: announcing.toggle_closing,
    presses.Messages: broadcasts.messages,
    presses.MessagesOf: broadcasts.message,
    presses.PauseBroadcast: broadcasts.pause,
    presses.ResumeBroadcast: broadcasts.resume,
    presses.CancelBroadcast: broadcasts.cancel,
    presses.InviteChoice: desk.invite_choice,
    presses.Invite: desk.invite,
    presses.Join: desk.join,
    presses.Rooms: rooms.rooms,
    presses.RoomPage: rooms.room_page,
    presses.LinkRoom: rooms.link_room,
    presses.UnlinkRoom: rooms.unlink_room,
    presses.RoomLanguage: rooms.room_language,
    presses.MoveTopic: rooms.move_topic,
    presses.RoomPostNow: rooms.post_now,
}


def register(application: AnyApplication) -> None:
    """Say to the library what goes where, in this order."""
    application.add_handler(CallbackQueryHandler(updates.pressed))
    application.add_handler(MessageHandler(filters.ChatType.GROUPS & filters.UpdateType.MESSAGE, updates.in_room))
    application.add_handler(CommandHandler("start", updates.started))
    application.add_handler(CommandHandler("stop", updates.stopped))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & filters.COMMAND, updates.commanded))
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, updates.edited))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE, updates.wrote))
    application.add_handler(ChatMemberHandler(updates.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_error_handler(errors.failed)
