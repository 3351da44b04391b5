// Reads GIFT from stdin with the npm package gift-pegjs, which knows nothing of Amorce, and writes
// what it understood as JSON. The package lies where AMORCE_GIFT_PEGJS says, or where node finds it.
const { createRequire } = require("node:module");
const path = require("node:path");
const folder = process.argv[2];
const find = folder ? createRequire(path.join(path.resolve(folder), "x.js")) : require;
const parser = find("gift-pegjs");

// It leaves the right sides of pairs as it found them, with its own stand-ins for escaped signs.
const SIGNS = { "092": "\\", "058": ":", "035": "#", "061": "=", "123": "{", "125": "}", "126": "~" };
const decoded = (text) =>
  text.replace(/&&(\d{3});/g, (found, code) => SIGNS[code] || found).replace(/&&010/g, "\n");
const words = (part) => (part ? part.text : "");

const plain = (question) => ({
  type: question.type,
  id: question.id,
  tags: question.tags || [],
  title: question.title,
  text: words(question.stem),
  gap: question.hasEmbeddedAnswers,
  why: words(question.globalFeedback),
  is_true: question.isTrue,
  options: (question.choices || []).map((choice) => ({
    text: words(choice.text),
    equals: choice.isCorrect,
    weight: choice.weight,
  })),
  pairs: (question.matchPairs || []).map((pair) => [
    words(pair.subquestion),
    decoded(pair.subanswer),
  ]),
});

const chunks = [];
process.stdin.on("data", (chunk) => chunks.push(chunk));
process.stdin.on("end", () => {
  const file = JSON.parse(Buffer.concat(chunks).toString("utf8"));
  const read = file.map((text) => {
    try {
      return parser.parse(text).filter((each) => each.type !== "Category").map(plain);
    } catch (error) {
      return { refused: `${error.message} ${JSON.stringify(error.location)}` };
    }
  });
  process.stdout.write(JSON.stringify(read));
});
