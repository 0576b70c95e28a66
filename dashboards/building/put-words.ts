import type { Words } from '../messages/words.ts';
import { BuildError, messageOf } from './errors.ts';

const CALL = /\bsay\('([a-z0-9_.]+)'(\)|, )/g;

/** `{say('a.b')}` in the text of a page, and not the value of an attribute. */
const PLACE = /(?<!=)\{say\('([a-z0-9_.]+)'\)\}/g;

/**
 * Puts the words of a language where a page or component says `say('key')`: the text itself, or with
 * values, `say('key', {count})`, the ICU text that `components/say.js` fills in the browser. So a page
 * carries only the words it shows.
 * @throws BuildError for a key that is not there, or one that needs values and gets none
 */
export function putWords(file: string, content: Buffer, words: Words): Buffer {
    if (!/\.(md|svelte|js)$/.test(file)) return content;
    const plain = (key: string) => {
        try {
            return words.say(key);
        } catch (error) {
            throw new BuildError(`${file}: ${messageOf(error)}`, { cause: error });
        }
    };
    const icu = (key: string) => {
        const text = words.icu(key);
        if (text === undefined) throw new BuildError(`${file}: there is no message ${key}`);
        return JSON.stringify(text);
    };
    const text = String(content)
        .replace(PLACE, (_, key: string) => escaped(plain(key)))
        .replace(CALL, (_, key: string, end: string) =>
            end === ')' ? JSON.stringify(plain(key)) : `say(${icu(key)}, `,
        );
    return Buffer.from(withImport(file, text));
}

/** Pages that fill in values themselves need the function. */
function withImport(file: string, text: string): string {
    if (!file.endsWith('.md') || !/\bsay\("/.test(text)) return text;
    return text.replace(
        /^---\n[\s\S]*?\n---\n/,
        (matter) => `${matter}\n<script>\n    import { say } from '$lib/say.js';\n</script>\n`,
    );
}

/** Markdown may stand in a message (`code`, **bold**); what would be markup or an expression may not. */
const escaped = (text: string) => text.replace(/[&<>{}]/g, (sign) => `&#${sign.codePointAt(0)};`);
