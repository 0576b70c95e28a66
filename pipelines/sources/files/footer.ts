import { ContractError } from '../../errors.ts';

/** More lines than this below the data are no footer: the pattern has met a row. */
const longestFooter = 50;

export interface Footer {
    readonly file: string;
    /** Matches the first line that is no data any more, without its quotes. */
    readonly pattern: string;
    /** Lines of `text` above the first data row. */
    readonly headerLines: number;
    readonly quote: string;
}

export interface FooterSize {
    /** Lines that are not blank. */
    readonly lines: number;
    /** In UTF-8. */
    readonly bytes: number;
}

/**
 * The text above the footer.
 * @param onFooter told the size of the footer
 * @throws ContractError when what follows the first line of the footer is too long to be one
 */
export async function* untilFooter(
    text: AsyncIterable<string>,
    { file, pattern, headerLines, quote }: Footer,
    onFooter?: (size: FooterSize) => void,
): AsyncGenerator<string, void, undefined> {
    const begins = new RegExp(pattern, 'u');
    const mayHold = quickLook(pattern);
    let line = 0;
    let isQuoted = false;
    let footerLine: number | undefined;
    let footerLines = 0;
    let footerBytes = 0;
    /** Whether a line is still data. */
    const isData = (content: string): boolean => {
        line += 1;
        const quotes = content.includes(quote) ? content.split(quote).length - 1 : 0;
        const plain = (quotes > 0 ? content.replaceAll(quote, '') : content).trim();
        if (footerLine === undefined && line > headerLines) {
            if (!isQuoted && begins.test(plain)) footerLine = line;
            else if (quotes % 2 === 1) isQuoted = !isQuoted;
        }
        if (footerLine === undefined) return true;
        if (plain !== '') footerLines += 1;
        footerBytes += Buffer.byteLength(content);
        return false;
    };
    let rest = '';
    for await (const piece of text) {
        const whole = rest + piece;
        const end = whole.lastIndexOf('\n');
        rest = whole.slice(end + 1);
        if (end === -1) continue;
        const lines = whole.slice(0, end);
        const plain = lines.replaceAll(quote, '');
        if (footerLine === undefined && line >= headerLines && !mayHold(plain)) {
            line += linesIn(plain);
            if ((lines.length - plain.length) % 2 === 1) isQuoted = !isQuoted;
            yield `${lines}\n`;
            continue;
        }
        const all = lines.split('\n');
        const data = all.filter(isData);
        footerBytes += all.length - data.length;
        if (data.length > 0) yield `${data.join('\n')}\n`;
    }
    if (rest !== '' && isData(rest)) yield rest;
    if (footerLine !== undefined && footerLines > longestFooter) {
        throw new ContractError({
            what: `${file}: ${footerLines} lines follow the first one that matches footer.`,
            file,
            line: footerLine,
            expected: `a footer of at most ${longestFooter} lines at the end of the file`,
            got: `line ${footerLine} matches ${pattern}, and rows may follow it`,
            fix: 'write a footer that no row matches, or leave single rows out with skip_rows',
        });
    }
    onFooter?.({ lines: footerLines, bytes: footerBytes });
}

/**
 * A quick look at many lines: false when none of them can be the first of a footer. Looking at them
 * one by one takes longer, and is left to those that it cannot judge: with spaces around them that do
 * not count, or by a pattern that looks beyond what it matches. Spaces behind a line matter to a
 * pattern alone that says where the line ends.
 */
function quickLook(pattern: string): (lines: string) => boolean {
    if (/\(\?[=!<]/.test(pattern)) return () => true;
    const begins = new RegExp(pattern, 'mu');
    const mayBePadded = pattern.includes('$') ? isPadded : isIndented;
    return (lines) => mayBePadded(lines) || begins.test(lines);
}

/** Whether a line begins with a space of any kind. */
function isIndented(lines: string): boolean {
    for (let at = 0; ; at += 1) {
        const code = lines.charCodeAt(at);
        const isLineEnd = code === 0x0a || code === 0x0d;
        if (code <= 0x20 ? !isLineEnd : code > 0x7f && /\s/u.test(lines.charAt(at))) return true;
        at = lines.indexOf('\n', at);
        if (at === -1) return false;
    }
}

const isPadded = (lines: string) => /\n(?:[^\S\r\n]|(?<=[^\S\r\n]\r?\n))/u.test(`\n${lines}\n`);

/** To split them would leave as many texts behind. */
function linesIn(text: string): number {
    let lines = 1;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) lines += 1;
    return lines;
}
