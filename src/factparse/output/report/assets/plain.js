"use strict";
// Text of strangers, with a middle dot for each character that would turn or hide what follows: as core/plain.py has it.
const STEERING =
  /(?![\t\n])[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff\u{e0000}-\u{e007f}]/gu;
function plainText(words) {
  return words.replaceAll("\r\n", "\n").replace(STEERING, "·");
}
