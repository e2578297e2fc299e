// The page's own words, in the language of the browser until another is chosen. Everything else is said by the bot.

const WORDS = {
  ky: {
    tagline: "Коомдук угуу — мессенджерде. Телеграмсыз көрсөтмө.", who: "Сиз кимсиз?", clock: "Айылдагы убакыт",
    resident: "тургун", secretary: "комиссиянын катчысы",
    before: "Бир күн калганда", hours: "2 саат калганда", opens: "Жооп берүү башталат", closes: "Жооп берүү бүттү",
    results: "Эртең менен: жыйынтык", morning: "Эртең менен", answered: "Комиссия жооп берди", hour: "+1 саат",
    skip: "Эң жаңы баскычтарга өтүү", pageLanguage: "Бул барактын тили", group: "топ", channel: "канал", kept: "Жазганыңыз сакталды.", gone: "Көрсөтмө жооп берген жок", joined: "Бот топко кошулду",
    added: "Бот «{room}» ичине кошулду. Ал эми бул жерден сурайт.", reads: "кыргызча орусча өзбекче англисче",
    hint: "«БАШТОО» баскычын басыңыз. Башка кишиге каалаган убакта өтсөңүз болот: жаңы билдирүүлөр белгиленет. Убакытты алдыга жылдырсаңыз, кулактандыруулар келет.",
    start: "БАШТОО", menu: "Меню", message: "Билдирүү", attach: "Тиркөө", caption: "Коштомо сөз", voice: "Үн жазуу", send: "Жөнөтүү", cancel: "Жокко чыгаруу",
    photo: "Сүрөт", file: "Файл", workbook: "Даяр китеп", audio: "Аудио", bot: "бот", typing: "жазып жатат", waiting: "туташууда", chat: "Маек", newest: "Эң жаңысына",
    about: "Бул бот эмне кыла алат?", invited: "Администратор сизге шилтеме жөнөттү:", poster: "Айылдагы плакаттын QR-кодун камера менен ачтыңыз:", open: "Ачуу", close: "Жабуу", ok: "Макул", edited: "өзгөртүлдү",
    leave: "Бул шилтеме ачылсынбы?", unread: "Окула элек билдирүүлөр", download: "Жүктөп алуу", spoiler: "Жашырылган текст: көрсөтүү", unfold: "Баарын көрсөтүү",
    play: "Угуу", pause: "Токтотуу", silent: "Микрофон жеткиликсиз. Аудио файл тандаңыз же үлгү үн жөнөтүңүз.", sample: "Үлгү үн", failed: "Жөнөтүлгөн жок", foreign: "Бул шилтеме көрсөтмөдө ачылбайт", copied: "Көчүрүлдү",
    hall: "Зал", hallAbout: "Проектор жана төраганын барагы", hallChair: "Төраганын барагы", hallWall: "Проектор",
    weekdays: "жек дүй шей шар бей жум ишм", months: "январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь", day: "{d}-{m}",
  },
  ru: {
    tagline: "Общественные слушания в мессенджере. Показ без Telegram.", who: "Кто вы?", clock: "Время в селе",
    resident: "житель", secretary: "секретарь комиссии",
    before: "За день до слушаний", hours: "За 2 часа до слушаний", opens: "Приём ответов начался", closes: "Приём ответов закончен",
    results: "Утром: итоги", morning: "Утром", answered: "Комиссия ответила", hour: "+1 час",
    skip: "К новым кнопкам", pageLanguage: "Язык этой страницы", group: "группа", channel: "канал", kept: "Ваш текст сохранён.", gone: "Показ не отвечает", joined: "Бот добавлен",
    added: "Бот добавлен: «{room}». Он спросит вас здесь.", reads: "по-кыргызски по-русски по-узбекски по-английски",
    hint: "Нажмите «СТАРТ». Перейти к другому человеку можно в любой момент: новые сообщения отмечены числом. Подвиньте время вперёд — придут объявления.",
    start: "СТАРТ", menu: "Меню", message: "Сообщение", attach: "Прикрепить", caption: "Подпись", voice: "Записать голос", send: "Отправить", cancel: "Отмена",
    photo: "Фото", file: "Файл", workbook: "Готовая книга", audio: "Аудио", bot: "бот", typing: "печатает", waiting: "соединение", chat: "Переписка", newest: "К новым сообщениям",
    about: "Что может делать этот бот?", invited: "Администратор прислал вам ссылку:", poster: "Вы навели камеру на QR-код плаката в селе:", open: "Открыть", close: "Закрыть", ok: "ОК", edited: "изменено",
    leave: "Открыть ссылку?", unread: "Непрочитанные сообщения", download: "Скачать", spoiler: "Скрытый текст: показать", unfold: "Показать всё",
    play: "Слушать", pause: "Остановить", silent: "Микрофон недоступен. Выберите аудиофайл или отправьте образец.", sample: "Образец", failed: "Не отправлено", foreign: "В показе эта ссылка не открывается", copied: "Скопировано",
    hall: "Зал", hallAbout: "Проектор и страница председателя", hallChair: "Страница председателя", hallWall: "Проектор",
    weekdays: "вс пн вт ср чт пт сб", months: "января февраля марта апреля мая июня июля августа сентября октября ноября декабря", day: "{d} {m}",
  },
  uz: {
    tagline: "Jamoatchilik eshituvi — messenjerda. Telegramsiz namoyish.", who: "Siz kimsiz?", clock: "Qishloqdagi vaqt",
    resident: "yashovchi", secretary: "komissiya kotibi",
    before: "Bir kun qolganda", hours: "2 soat qolganda", opens: "Javob berish boshlandi", closes: "Javob berish tugadi",
    results: "Ertalab: natijalar", morning: "Ertalab", answered: "Komissiya javob berdi", hour: "+1 soat",
    skip: "Eng yangi tugmalarga oʻtish", pageLanguage: "Bu sahifa tili", group: "guruh", channel: "kanal", kept: "Yozganingiz saqlandi.", gone: "Namoyish javob bermayapti", joined: "Bot qoʻshildi",
    added: "Bot qoʻshildi: «{room}». U sizdan shu yerda soʻraydi.", reads: "qirgʻizcha ruscha oʻzbekcha inglizcha",
    hint: "«BOSHLASH» tugmasini bosing. Istalgan paytda boshqa kishiga oʻtishingiz mumkin: yangi xabarlar soni koʻrinadi. Vaqtni oldinga sursangiz, eʼlonlar keladi.",
    start: "BOSHLASH", menu: "Menyu", message: "Xabar", attach: "Biriktirish", caption: "Izoh", voice: "Ovoz yozish", send: "Yuborish", cancel: "Bekor qilish",
    photo: "Rasm", file: "Fayl", workbook: "Tayyor kitob", audio: "Audio", bot: "bot", typing: "yozmoqda", waiting: "ulanmoqda", chat: "Suhbat", newest: "Eng yangisiga",
    about: "Bu bot nima qila oladi?", invited: "Administrator sizga havola yubordi:", poster: "Qishloqdagi plakatning QR-kodini kamera bilan ochdingiz:", open: "Ochish", close: "Yopish", ok: "OK", edited: "tahrirlangan",
    leave: "Havola ochilsinmi?", unread: "Oʻqilmagan xabarlar", download: "Yuklab olish", spoiler: "Yashirin matn: koʻrsatish", unfold: "Hammasini koʻrsatish",
    play: "Eshitish", pause: "Toʻxtatish", silent: "Mikrofon ishlamayapti. Audio fayl tanlang yoki namuna yuboring.", sample: "Namuna", failed: "Yuborilmadi", foreign: "Bu havola namoyishda ochilmaydi", copied: "Nusxalandi",
    hall: "Zal", hallAbout: "Proyektor va rais sahifasi", hallChair: "Rais sahifasi", hallWall: "Proyektor",
    weekdays: "yak dush sesh chor pay jum shan", months: "yanvar fevral mart aprel may iyun iyul avgust sentyabr oktyabr noyabr dekabr", day: "{d}-{m}",
  },
  en: {
    tagline: "A public hearing inside a messenger. Shown without Telegram.", who: "Who are you?", clock: "Time in the village",
    resident: "resident", secretary: "secretary of the commission",
    before: "One day before", hours: "2 hours before", opens: "Answers open", closes: "Answers closed",
    results: "Next morning: results", morning: "Next morning", answered: "Answered", hour: "+1 hour",
    skip: "Skip to the newest buttons", pageLanguage: "Language of this page", group: "group", channel: "channel", kept: "What you typed is still here.", gone: "The demo does not answer", joined: "The bot was added",
    added: "The bot was added: “{room}”. It asks you here.", reads: "Kyrgyz Russian Uzbek English",
    hint: "Press START. Become somebody else whenever you like: new messages are counted. Push the clock forward, and announcements arrive.",
    start: "START", menu: "Menu", message: "Message", attach: "Attach", caption: "Caption", voice: "Record a voice message", send: "Send", cancel: "Cancel",
    photo: "Photo", file: "File", workbook: "Filled-in workbook", audio: "Audio", bot: "bot", typing: "typing", waiting: "connecting", chat: "Chat", newest: "To the newest",
    about: "What can this bot do?", invited: "The administrator has sent you a link:", poster: "You have opened the QR code of the poster in the village:", open: "Open", close: "Close", ok: "OK", edited: "edited",
    leave: "Open this link?", unread: "Unread messages", download: "Download", spoiler: "Hidden text: show", unfold: "Show all",
    play: "Play", pause: "Pause", silent: "There is no microphone here. Choose an audio file, or send a sample.", sample: "Sample", failed: "Not sent", foreign: "This link does not open in the demo", copied: "Copied",
    hall: "The hall", hallAbout: "The projector and the chair’s page", hallChair: "The chair’s page", hallWall: "The projector",
    weekdays: "Sun Mon Tue Wed Thu Fri Sat", months: "January February March April May June July August September October November December", day: "{d} {m}",
  },
};

export const OWN_NAMES = { ky: "Кыргызча", ru: "Русский", uz: "Oʻzbekcha", en: "English" };
const LANGUAGE_KEY = "hearing-demo-language";

let table = WORDS.en;
let zone = "UTC";

export const w = (key) => table[key];
/** The name of a language in the page's own, e.g. of what a person reads. */
export const nameOf = (language) => table.reads.split(" ")[Object.keys(WORDS).indexOf(language.slice(0, 2))] ?? "";

/** The language that was chosen for the page, else the first of the browser's that it knows, else English. */
export function pageLanguage() {
  const wanted = [localStorage.getItem(LANGUAGE_KEY) ?? "", ...navigator.languages].map((tag) => tag.slice(0, 2).toLowerCase());
  return wanted.find((code) => code in WORDS) ?? "en";
}

export const keepLanguage = (code) => localStorage.setItem(LANGUAGE_KEY, code);

/** Use this language from now on, in every label of the page. */
export function speak(code) {
  table = WORDS[code];
  document.documentElement.lang = code;
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = table[node.dataset.word];
  for (const node of document.querySelectorAll("[data-label]")) {
    node.setAttribute("aria-label", table[node.dataset.label]);
    if (["TEXTAREA", "INPUT"].includes(node.tagName)) node.placeholder = table[node.dataset.label];
    else if (node.tagName === "BUTTON") node.title = table[node.dataset.label];
  }
}

export function setZone(name) {
  zone = name;
}

/** The wall clock of the municipality at a moment (seconds since 1970): browsers know its zone, but not Kyrgyz. */
function local(seconds) {
  const options = { timeZone: zone, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" };
  const parts = new Intl.DateTimeFormat("en-GB", options).formatToParts(new Date(seconds * 1000));
  return Object.fromEntries(parts.map((part) => [part.type, part.value]));
}

export function time(seconds) {
  const { hour, minute } = local(seconds);
  return `${hour}:${minute}`;
}

export function day(seconds) {
  const { day: date, month } = local(seconds);
  return table.day.replace("{d}", Number(date)).replace("{m}", table.months.split(" ")[month - 1]);
}

export function weekday(seconds) {
  const { year, month, day: date } = local(seconds);
  return table.weekdays.split(" ")[new Date(Date.UTC(year, month - 1, date)).getUTCDay()];
}

export function bytes(size) {
  if (size < 1024) return `${size} B`;
  return size < 1024 * 1024 ? `${(size / 1024).toFixed(1)} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`;
}

export const minutes = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
