// Takes out of a text whatever looks like a secret. No text should have one; this is for AWS's own words and for what
// clients write in the wrong place, which we quote and do not choose.
const MARK = '[secret]';
const shapes = [
    /-----BEGIN[A-Z ]*PRIVATE ?KEY-----[^"]*/g,
    // An `Authorization` header.
    /\b(?<=(?:Bearer|Basic)\s+)[\w.~+/=-]+/gi,
    // Stream keys of Low-Latency and Real-Time, also with a part cut off.
    /\b(?:sk_[a-z]{2}-[\w-]+|rt_\d+_[\w-]+)/g,
    // JSON Web Tokens: participant tokens, playback tokens, a caller's own.
    /\beyJ[\w-]+(?:\.[\w-]*)*/g,
    // What has so many letters and digits in a row and no dash, as ids of requests have, was made by chance: passphrases.
    // Redis names a script by the hash of its text (`script: …`, before version 7 `f_…`), which anybody may know.
    /(?<!\bscript: )\b(?!f_[\da-f]{40}\b)(?=\w*\d)(?=\w*[a-z])\w{40,}\b/gi,
];
/** Stands in whatever one of the shapes matches: most texts are looked through once. */
const SUSPECT = /PRIVATE|bearer|basic|sk_|rt_|eyJ|\w{40}/i;
export const redact = (text) => SUSPECT.test(text) ? shapes.reduce((rest, shape) => rest.replace(shape, MARK), text) : text;
