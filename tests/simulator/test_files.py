from __future__ import annotations

import pytest
from telegram import Bot, InputMediaDocument, InputMediaPhoto
from telegram.error import BadRequest, TelegramError

from bot.simulator import Person, Telegram, Upload
from bot.simulator.files import DOWNLOAD_LIMIT, UPLOAD_LIMIT, blank_png

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffc0000b080030004001011100ffd9")


async def test_a_document_arrives_with_its_name_and_bytes(bot: Bot, aigul: Person) -> None:
    sent = await bot.send_document(
        aigul.id, b"PK\x03\x04", filename="протокол.xlsx", caption="<b>Протокол</b>", parse_mode="HTML"
    )
    assert (aigul.screen.document, aigul.screen.file_name, aigul.screen.caption) == (
        b"PK\x03\x04",
        "протокол.xlsx",
        "Протокол",
    )
    assert sent.document is not None
    assert sent.document.file_size == 4


async def test_a_file_id_sends_the_same_file_again(bot: Bot, aigul: Person) -> None:
    first = await bot.send_photo(aigul.id, blank_png(80, 60))
    second = await bot.send_photo(aigul.id, first.photo[-1].file_id, caption="дагы")
    assert (second.photo[-1].width, second.photo[-1].height) == (80, 60)
    assert second.photo[-1].file_unique_id == first.photo[-1].file_unique_id
    assert aigul.messages[1].photo == aigul.messages[0].photo


async def test_a_file_id_is_good_for_its_own_kind_alone(bot: Bot, aigul: Person) -> None:
    sent = await bot.send_voice(aigul.id, b"OggS", duration=1)
    assert sent.voice is not None
    with pytest.raises(BadRequest, match=r"(?i)can.t use file of type VoiceNote as Document"):
        await bot.send_document(aigul.id, sent.voice.file_id)


async def test_who_refuses_recordings_gets_none_and_files_as_before(bot: Bot, aigul: Person) -> None:
    aigul.refuse_recordings()
    with pytest.raises(BadRequest, match=r"(?i)voice_messages_forbidden"):
        await bot.send_voice(aigul.id, b"OggS")
    with pytest.raises(BadRequest, match=r"(?i)voice_messages_forbidden"):
        await bot.send_video_note(aigul.id, b"ftyp")
    await bot.send_audio(aigul.id, b"ID3")
    await bot.send_document(aigul.id, b"OggS", filename="voice.ogg")
    assert [message.content.kind for message in aigul.messages] == ["audio", "document"]


async def test_the_same_bytes_have_the_same_unique_id(bot: Bot, aigul: Person) -> None:
    first = await bot.send_document(aigul.id, b"1", filename="a")
    second = await bot.send_document(aigul.id, b"1", filename="b")
    other = await bot.send_document(aigul.id, b"2", filename="a")
    assert first.document is not None
    assert second.document is not None
    assert other.document is not None
    assert first.document.file_unique_id == second.document.file_unique_id != other.document.file_unique_id
    assert first.document.file_id != second.document.file_id


async def test_the_bot_downloads_what_people_send(bot: Bot, aigul: Person) -> None:
    aigul.send_voice(b"OggS-1", duration=7)
    aigul.send_photo("Көчө", JPEG)
    aigul.send_document(b"a;b", "тизме.csv", mime="text/csv")
    voice, photo, document = [update.message for update in await bot.get_updates(timeout=1)]
    assert voice is not None
    assert voice.voice is not None
    assert voice.voice.mime_type == "audio/ogg"
    assert await (await voice.voice.get_file()).download_as_bytearray() == b"OggS-1"
    assert photo is not None
    assert (photo.caption, photo.photo[-1].width, photo.photo[-1].height) == ("Көчө", 64, 48)
    assert document is not None
    assert document.document is not None
    assert (document.document.file_name, document.document.mime_type) == ("тизме.csv", "text/csv")
    file = await document.document.get_file()
    assert file.file_path is not None
    assert file.file_path.endswith(".csv")
    assert await file.download_as_bytearray() == b"a;b"


async def test_an_id_that_is_none_or_of_another_kind_is_refused(bot: Bot, aigul: Person) -> None:
    sent = await bot.send_document(aigul.id, b"1", filename="a")
    assert sent.document is not None
    with pytest.raises(BadRequest, match=r"(?i)wrong remote file identifier"):
        await bot.send_photo(aigul.id, "AgACAgIAAx")
    with pytest.raises(BadRequest, match=r"(?i)can't use file of type document as photo"):
        await bot.send_photo(aigul.id, sent.document.file_id)
    with pytest.raises(BadRequest, match=r"(?i)wrong file_id"):
        await bot.get_file("AgACAgIAAx")
    with pytest.raises(BadRequest, match=r"(?i)failed to get http url content"):
        await bot.send_document(aigul.id, "https://example.org/a.pdf")


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "file must be non-empty"),
        (b"not a picture", "IMAGE_PROCESS_FAILED"),
        (b"\x89PNG\r\n\x1a\n", "IMAGE_PROCESS_FAILED"),
        (blank_png(9_000, 1_001), "PHOTO_INVALID_DIMENSIONS"),
        (blank_png(2_100, 100), "PHOTO_INVALID_DIMENSIONS"),
    ],
)
async def test_what_is_not_a_picture_is_not_sent_as_one(
    telegram: Telegram, aigul: Person, content: bytes, complaint: str
) -> None:
    upload = Upload("a.png", content, "image/png")
    answer = await telegram.call("sendPhoto", {"chat_id": aigul.id}, {"photo": upload})
    assert (answer.status, answer.body["description"]) == (400, f"Bad Request: {complaint}")


async def test_a_file_that_is_missing_is_missed(telegram: Telegram, aigul: Person) -> None:
    for fields in ({}, {"document": "attach://nothing"}):
        answer = await telegram.call("sendDocument", {"chat_id": aigul.id, **fields})
        assert answer.status == 400
    answer = await telegram.call("sendDocument", {"chat_id": aigul.id})
    assert answer.body["description"] == "Bad Request: there is no document in the request"
    assert aigul.messages == []


async def test_uploads_end_at_fifty_megabytes_and_downloads_at_twenty(bot: Bot, aigul: Person) -> None:
    with pytest.raises(TelegramError, match=r"(?i)entity too large"):
        await bot.send_document(aigul.id, bytes(UPLOAD_LIMIT + 1), filename="a.bin")
    big = await bot.send_document(aigul.id, bytes(DOWNLOAD_LIMIT + 1), filename="a.bin")
    assert big.document is not None
    with pytest.raises(BadRequest, match="File is too big"):
        await big.document.get_file()


async def test_a_download_needs_the_token_and_a_path_that_exists(bot: Bot, telegram: Telegram) -> None:
    base = str(bot.base_file_url).removesuffix(bot.token)
    with pytest.raises(TelegramError, match="Not Found"):
        await bot.request.retrieve(f"{base}{bot.token}/documents/file_99.bin")
    with pytest.raises(TelegramError, match="Unauthorized"):
        await bot.request.retrieve(f"{base}200:OTHER/documents/file_99.bin")


async def test_an_album_is_sent_together(bot: Bot, aigul: Person) -> None:
    media = [InputMediaPhoto(blank_png(grey=1), caption="бир"), InputMediaPhoto(blank_png(grey=2))]
    sent = await bot.send_media_group(aigul.id, media)
    assert len({message.media_group_id for message in sent}) == 1
    assert [message.caption for message in aigul.messages] == ["бир", ""]
    with pytest.raises(BadRequest, match=r"(?i)documents can't be mixed"):
        await bot.send_media_group(aigul.id, [media[0], InputMediaDocument(b"1", filename="a")])
    with pytest.raises(BadRequest, match=r"(?i)wrong number of messages"):
        await bot.send_media_group(aigul.id, media[:1])
