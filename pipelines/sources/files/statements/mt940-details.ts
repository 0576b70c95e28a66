/** What field 86 says of an entry. */
export interface Details {
    readonly code?: string | undefined;
    readonly counterparty_name?: string | undefined;
    readonly counterparty_account?: string | undefined;
    readonly reference?: string | undefined;
    readonly end_to_end_id?: string | undefined;
    readonly purpose?: string | undefined;
}

/** Lines and sub-fields of this length go on in the next one, in the middle of a word if need be. */
const lineLength = 65;
const partLength = 27;

const purposeParts = /^(2[0-9]|6[0-3])$/;

/** Reads field 86: German sub-fields (`166?00TEXT?20...`), or text that is taken as it stands. */
export function detailsOf(lines: readonly string[]): Details {
    const [, code, separator] = /^\s*(\d{3})([^\p{L}\p{N}\s])\d{2}/u.exec(lines[0] ?? '') ?? [];
    if (code === undefined || separator === undefined) return { purpose: plain(lines) };
    const parts = partsOf(lines.join('').trimStart().slice(3), separator);
    const said = qualified(parts.filter(([number]) => purposeParts.test(number)));
    const [name, more] = ['32', '33'].map((number) => textOf(parts, number));
    return {
        code,
        counterparty_name: spaced(joined([name ?? '', more ?? ''])),
        counterparty_account: spaced(textOf(parts, '31') || textOf(parts, '38')),
        reference: said.KREF,
        end_to_end_id: said.EREF === 'NOTPROVIDED' ? undefined : said.EREF,
        purpose: said.purpose ?? spaced(textOf(parts, '00')),
    };
}

type Part = readonly [number: string, text: string];

function partsOf(text: string, separator: string): readonly Part[] {
    return text
        .split(separator)
        .slice(1)
        .reduce<Part[]>((parts, piece) => {
            const [, number, rest] = /^(\d{2})(.*)$/.exec(piece) ?? [];
            const last = parts.pop();
            // A separator inside a text is one of its characters.
            if (number === undefined && last) {
                parts.push([last[0], `${last[1]}${separator}${piece}`]);
            } else {
                if (last) parts.push(last);
                parts.push([number ?? '', rest ?? piece]);
            }
            return parts;
        }, []);
}

function textOf(parts: readonly Part[], wanted: string): string {
    return parts.find(([number]) => number === wanted)?.[1] ?? '';
}

/** A part that is not full ends with a word, and what was marked in it ends there as well. */
function joined(texts: readonly string[]): string {
    return texts.reduce(
        (text, next, index) =>
            index === 0 || (texts[index - 1]?.length ?? 0) >= partLength
                ? text + next
                : `${text}\n${next}`,
        '',
    );
}

/** Text with the marks of SEPA in it: `EREF+` end to end, `KREF+` customer, `SVWZ+` purpose. */
function qualified(parts: readonly Part[]): Readonly<Record<string, string | undefined>> {
    const text = joined(parts.map(([, content]) => content));
    const [first = '', ...marked] = text.split(/(EREF|KREF|MREF|CRED|DEBT|SVWZ)\+/);
    const found: Record<string, string | undefined> = {};
    const others = [first];
    for (let at = 0; at < marked.length; at += 2) {
        const [mark = '', content = ''] = marked.slice(at, at + 2);
        const [line = '', ...rest] = content.trimStart().split('\n');
        found[mark] = spaced(mark === 'SVWZ' ? content : line);
        if (mark !== 'SVWZ') others.push(...rest);
    }
    return { ...found, purpose: found.SVWZ ?? spaced(others.join('\n')) };
}

function plain(lines: readonly string[]): string | undefined {
    return spaced(lines.map((line) => (line.length < lineLength ? `${line} ` : line)).join(''));
}

function spaced(text: string): string | undefined {
    return text.replace(/\s+/gu, ' ').trim() || undefined;
}
