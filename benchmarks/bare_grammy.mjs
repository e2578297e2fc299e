// grammY with its runner, which answers a press, edits the message, and keeps nothing:
// node bare_grammy.mjs SCREENS.json ADDRESS, in a folder where grammy and @grammyjs/runner are installed.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const installed = createRequire(join(process.cwd(), "package.json"));
const { Bot } = installed("grammy");
const { run } = installed("@grammyjs/runner");
const [path, address] = process.argv.slice(2);
const screens = JSON.parse(readFileSync(path, "utf-8"));
const bot = new Bot("42:benchmark-benchmark-benchmark", { client: { apiRoot: address } });

function more(screen) {
  return { parse_mode: screen.parse_mode, reply_markup: screen.reply_markup };
}

bot.on("callback_query:data", async (context) => {
  const screen = screens[context.callbackQuery.data];
  await context.answerCallbackQuery({ text: "Counted" });
  await context.editMessageText(screen.text, more(screen));
});
bot.on("message:text", async (context) => {
  const screen = screens[context.message.text];
  await context.reply(screen.text, more(screen));
});
run(bot, { sink: { concurrency: 256 } });
