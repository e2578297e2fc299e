"""Every press and the handler it goes to: one visible list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from telegram.ext import CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from handlers import (
    announcing,
    broadcasts,
    comments,
    desk,
    errors,
    hearings,
    mine,
    places,
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

    from handlers.context import BotApplication, Route

ROUTES: Final[Mapping[type[presses.Press], Route]] = {
    presses.ChooseLanguage: start.choose_language,
    presses.ListLanguages: start.languages,
    presses.ReadPurpose: start.purpose,
    presses.Agree: start.agree,
    presses.JustLook: start.just_look,
    presses.ChoosePlace: places.choose_place,
    presses.PickMunicipality: places.pick_municipality,
    presses.ChooseVillage: places.villages,
    presses.PickVillage: places.pick_village,
    presses.OpenPlace: places.open_place,
    presses.OpenHelp: start.help_,
    presses.GoHome: hearings.home,
    presses.OpenHearing: hearings.open_hearing,
    presses.FollowPoster: posters.from_poster,
    presses.ListHearings: hearings.all_hearings,
    presses.ReadAgenda: hearings.agenda,
    presses.ShowVenue: hearings.venue,
    presses.GetCalendar: hearings.calendar,
    presses.ReadStrategy: programme.strategy,
    presses.ReadService: programme.service_page,
    presses.ReadBudget: programme.budget_page,
    presses.ReadBudgetSide: programme.budget_side,
    presses.ReadBudgetLine: programme.line_page,
    presses.OpenQuestion: voting.ask,
    presses.ChooseOption: voting.choose,
    presses.MarkOption: voting.mark,
    presses.RankOption: voting.rank,
    presses.GiveCoins: voting.give,
    presses.WithdrawVote: voting.withdraw,
    presses.WriteComment: comments.write,
    presses.ChooseCommentKind: comments.write_kind,
    presses.ChooseSubject: comments.write_list,
    presses.WriteAbout: comments.write_about,
    presses.CancelWriting: comments.cancel_writing,
    presses.SendUnsent: comments.send_unsent,
    presses.ReadComment: comments.read_comment,
    presses.PlayComment: comments.play_comment,
    presses.AmendComment: comments.amend,
    presses.WithdrawComment: comments.withdraw,
    presses.SeeWall: comments.wall,
    presses.SupportComment: comments.support,
    presses.ReadAnswers: hearings.answers,
    presses.SeeMine: mine.mine,
    presses.OpenSettings: settings.settings,
    presses.ChooseReminders: settings.reminder_choice,
    presses.SetReminders: settings.set_reminders,
    presses.DescribeMyself: settings.about_me,
    presses.SetGender: settings.set_gender,
    presses.SetAge: settings.set_age,
    presses.ReadPrivacy: privacy.privacy,
    presses.GetMyData: privacy.my_data,
    presses.AskToForget: privacy.forget,
    presses.ForgetNow: privacy.forget_now,
    presses.OpenDesk: desk.desk,
    presses.OpenDeskMunicipality: desk.municipality,
    presses.OpenDeskHearing: desk.hearing,
    presses.SeeTallies: desk.tallies,
    presses.DownloadRecord: desk.download,
    presses.ListPosters: posters.posters,
    presses.GetPoster: posters.poster_file,
    presses.OpenQueue: desk.queue,
    presses.PublishComment: desk.publish_comment,
    presses.ChooseHidingRule: desk.hide_choice,
    presses.HideComment: desk.hide_comment,
    presses.PublishHearing: announcing.publish_hearing,
    presses.OpenDates: announcing.dates,
    presses.PickPublishDay: announcing.publish_day,
    presses.PickPublishHour: announcing.publish_hour,
    presses.PublishAt: announcing.publish_at,
    presses.PickPostponeDay: announcing.postpone_day,
    presses.PickPostponeHour: announcing.postpone_hour,
    presses.PickPostponeReason: announcing.postpone_why,
    presses.PostponeHearing: announcing.postpone_sure,
    presses.PickCancelReason: announcing.cancel_why,
    presses.CancelHearing: announcing.cancel_sure,
    presses.WriteReason: announcing.own_reason,
    presses.ChooseReminderTimes: announcing.reminder_times,
    presses.ToggleReminder: announcing.toggle_reminder,
    presses.ToggleClosingReminder: announcing.toggle_closing,
    presses.OpenBroadcastList: broadcasts.messages,
    presses.OpenBroadcast: broadcasts.message,
    presses.PauseBroadcast: broadcasts.pause,
    presses.ResumeBroadcast: broadcasts.resume,
    presses.CancelBroadcast: broadcasts.cancel,
    presses.ChooseRole: desk.invite_choice,
    presses.InviteStaff: desk.invite,
    presses.AcceptInvitation: desk.join,
    presses.ListRooms: rooms.rooms,
    presses.OpenRoom: rooms.room_page,
    presses.LinkRoom: rooms.link_room,
    presses.UnlinkRoom: rooms.unlink_room,
    presses.ToggleRoomLanguage: rooms.room_language,
    presses.MoveTopic: rooms.move_topic,
    presses.PostNow: rooms.post_now,
}


def register(application: BotApplication) -> None:
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
