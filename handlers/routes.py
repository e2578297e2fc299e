"""Every press and the handler it goes to: one visible list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from telegram.ext import CallbackQueryHandler, ChatMemberHandler, CommandHandler, MessageHandler, filters

from handlers import (
    announcing,
    broadcasts,
    budget,
    comments,
    decision_table,
    desk,
    errors,
    hearings,
    journal,
    mine,
    places,
    posters,
    presses,
    privacy,
    rooms,
    settings,
    staff,
    start,
    strategy,
    voting,
)
from handlers.incoming import updates

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.context import BotApplication, Route

ROUTES: Final[Mapping[type[presses.Press], Route]] = {
    presses.ChooseLanguage: start.choose_language,
    presses.ListLanguages: start.list_languages,
    presses.ReadPurpose: start.read_purpose,
    presses.Agree: start.agree,
    presses.JustLook: start.just_look,
    presses.ChoosePlace: places.choose_place,
    presses.PickMunicipality: places.pick_municipality,
    presses.ChooseVillage: places.choose_village,
    presses.PickVillage: places.pick_village,
    presses.OpenPlace: places.open_place,
    presses.OpenHelp: start.open_help,
    presses.GoHome: hearings.go_home,
    presses.OpenHearing: hearings.open_hearing,
    presses.FollowPoster: posters.follow_poster,
    presses.ListHearings: hearings.list_hearings,
    presses.ReadAgenda: hearings.read_agenda,
    presses.ShowVenue: hearings.show_venue,
    presses.GetCalendar: hearings.get_calendar,
    presses.ReadStrategy: strategy.read_strategy,
    presses.ReadService: strategy.read_service,
    presses.ReadBudget: budget.read_budget,
    presses.ReadBudgetSide: budget.read_budget_side,
    presses.ReadBudgetLine: budget.read_budget_line,
    presses.OpenQuestion: voting.open_question,
    presses.ChooseOption: voting.choose_option,
    presses.MarkOption: voting.mark_option,
    presses.RankOption: voting.rank_option,
    presses.GiveCoins: voting.give_coins,
    presses.WithdrawVote: voting.withdraw_vote,
    presses.WriteComment: comments.write_comment,
    presses.ChooseCommentKind: comments.choose_comment_kind,
    presses.ChooseSubject: comments.choose_subject,
    presses.WriteAbout: comments.write_about,
    presses.CancelWriting: comments.cancel_writing,
    presses.SendUnsent: comments.send_unsent,
    presses.ReadComment: comments.read_comment,
    presses.PlayComment: comments.play_comment,
    presses.ShareRecording: comments.share_recording,
    presses.AmendComment: comments.amend_comment,
    presses.WithdrawComment: comments.withdraw_comment,
    presses.SeeWall: comments.see_wall,
    presses.SupportComment: comments.support_comment,
    presses.ReadAnswers: hearings.read_answers,
    presses.SeeMine: mine.see_mine,
    presses.OpenSettings: settings.open_settings,
    presses.ChooseReminders: settings.choose_reminders,
    presses.SetReminders: settings.set_reminders,
    presses.DescribeMyself: settings.describe_myself,
    presses.SetGender: settings.set_gender,
    presses.SetAge: settings.set_age,
    presses.ReadPrivacy: privacy.read_privacy,
    presses.GetMyData: privacy.get_my_data,
    presses.AskToForget: privacy.ask_to_forget,
    presses.ForgetNow: privacy.forget_now,
    presses.TakeDecisionTable: decision_table.take_decision_table,
    presses.ApplyDecisionTable: decision_table.apply_decision_table,
    presses.DropDecisionTable: decision_table.drop_decision_table,
    presses.OpenDesk: desk.open_desk,
    presses.OpenDeskMunicipality: desk.open_desk_municipality,
    presses.OpenDeskHearing: desk.open_desk_hearing,
    presses.SeeTallies: desk.see_tallies,
    presses.DownloadRecord: desk.download_record,
    presses.ListPosters: posters.list_posters,
    presses.GetPoster: posters.get_poster,
    presses.OpenQueue: desk.open_queue,
    presses.ReviewComment: desk.review_comment,
    presses.PublishComment: desk.publish_comment,
    presses.ChooseHidingRule: desk.choose_hiding_rule,
    presses.HideComment: desk.hide_comment,
    presses.PublishHearing: announcing.publish_hearing,
    presses.OpenDates: announcing.open_dates,
    presses.PickPublishDay: announcing.pick_publish_day,
    presses.PickPublishHour: announcing.pick_publish_hour,
    presses.PublishAt: announcing.publish_at,
    presses.PickPostponeDay: announcing.pick_postpone_day,
    presses.PickPostponeHour: announcing.pick_postpone_hour,
    presses.PickPostponeReason: announcing.pick_postpone_reason,
    presses.PostponeHearing: announcing.postpone_hearing,
    presses.PickCancelReason: announcing.pick_cancel_reason,
    presses.CancelHearing: announcing.cancel_hearing,
    presses.WriteReason: announcing.write_reason,
    presses.ChooseReminderTimes: announcing.choose_reminder_times,
    presses.ToggleReminder: announcing.toggle_reminder,
    presses.ToggleClosingReminder: announcing.toggle_closing_reminder,
    presses.OpenBroadcastList: broadcasts.open_broadcast_list,
    presses.OpenBroadcast: broadcasts.open_broadcast,
    presses.PauseBroadcast: broadcasts.pause_broadcast,
    presses.ResumeBroadcast: broadcasts.resume_broadcast,
    presses.CancelBroadcast: broadcasts.cancel_broadcast,
    presses.ChooseRole: desk.choose_role,
    presses.InviteStaff: desk.invite_staff,
    presses.AcceptInvitation: desk.accept_invitation,
    presses.TakeBackInvitation: desk.take_back_invitation,
    presses.ListStaff: staff.list_staff,
    presses.OpenStaffMember: staff.open_staff_member,
    presses.RevokeRole: staff.revoke_role,
    presses.HandOver: staff.hand_over,
    presses.ListInvitations: staff.list_invitations,
    presses.WriteStaffName: staff.write_staff_name,
    presses.TakeTelegramName: staff.take_telegram_name,
    presses.ToggleNumbers: staff.toggle_numbers,
    presses.OpenJournal: journal.open_journal,
    presses.DownloadJournal: journal.download_journal,
    presses.ListRooms: rooms.list_rooms,
    presses.OpenRoom: rooms.open_room,
    presses.LinkRoom: rooms.link_room,
    presses.UnlinkRoom: rooms.unlink_room,
    presses.ToggleRoomLanguage: rooms.toggle_room_language,
    presses.MoveTopic: rooms.move_topic,
    presses.PostNow: rooms.post_now,
}


def register(application: BotApplication) -> None:
    """Register the handlers of the library, in this order."""
    application.add_handler(CallbackQueryHandler(updates.pressed))
    application.add_handler(MessageHandler(filters.ChatType.GROUPS & filters.UpdateType.MESSAGE, updates.group_message))
    # before commands, which the library finds in edited messages too
    application.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE, updates.edited))
    application.add_handler(CommandHandler("start", updates.started))
    application.add_handler(CommandHandler("stop", updates.stopped))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE & filters.COMMAND, updates.commanded))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGE, updates.wrote))
    application.add_handler(ChatMemberHandler(updates.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_error_handler(errors.on_error)
