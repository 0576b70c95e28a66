import { posix } from 'node:path';
import type { Archive } from '../archive.ts';
import { localName, readXml } from '../xml.ts';
import { unescaped } from './cell-text.ts';
import type { SheetName } from './workbook.ts';

/** What has to be known of a workbook before one of its sheets can be read. */
export interface XlsxParts {
    readonly sheets: readonly (SheetName & { readonly part: string })[];
    readonly is1904: boolean;
    readonly strings: readonly string[];
    /** By the number of a style: whether a number in it is a date. */
    readonly dateStyles: readonly boolean[];
}

interface Relation {
    readonly type: string;
    readonly part: string;
}

/** Reads the lists of a workbook: sheets, shared texts, styles. */
export async function readParts(archive: Archive): Promise<XlsxParts> {
    const top = await readRelations(archive, '_rels/.rels', '');
    const book = [...top.values()].find((one) => one.type === 'officeDocument')?.part;
    const bookPart = book ?? 'xl/workbook.xml';
    const folder = posix.dirname(bookPart);
    const relationsPart = `${folder}/_rels/${posix.basename(bookPart)}.rels`;
    const relations = await readRelations(archive, relationsPart, folder);
    const partOf = (type: string) => [...relations.values()].find((one) => one.type === type)?.part;
    const { sheets, is1904 } = await readBook(archive, bookPart, relations);
    return {
        sheets,
        is1904,
        strings: await readStrings(archive, partOf('sharedStrings')),
        dateStyles: await readDateStyles(archive, partOf('styles')),
    };
}

async function readRelations(archive: Archive, part: string, folder: string) {
    const relations = new Map<string, Relation>();
    await readElements(archive, part, (name, { Id = '', Type = '', Target = '' }) => {
        if (name !== 'Relationship') return;
        const target = Target.startsWith('/') ? Target.slice(1) : posix.join(folder, Target);
        relations.set(Id, { type: posix.basename(Type), part: target });
    });
    return relations;
}

async function readBook(archive: Archive, part: string, relations: ReadonlyMap<string, Relation>) {
    const sheets: (SheetName & { part: string })[] = [];
    let is1904 = false;
    await readElements(archive, part, (name, attributes) => {
        if (name === 'workbookPr') is1904 = /^(1|true)$/.test(attributes.date1904 ?? '');
        const relation = relations.get(attributes.id ?? '');
        // A sheet of a chart has no cells.
        if (name !== 'sheet' || relation?.type !== 'worksheet') return;
        sheets.push({
            name: attributes.name ?? '',
            isHidden: (attributes.state ?? 'visible') !== 'visible',
            part: relation.part,
        });
    });
    return { sheets, is1904 };
}

async function readStrings(archive: Archive, part: string | undefined): Promise<string[]> {
    const strings: string[] = [];
    if (part === undefined || !archive.members.includes(part)) return strings;
    let text = '';
    let isText = false;
    let isPhonetic = false;
    await readXml(await archive.open(part), {
        open: (name) => {
            if (name === 't') isText = !isPhonetic;
            else if (name === 'si') text = '';
            // How a Japanese word is spoken stands beside it.
            else if (name === 'rPh') isPhonetic = true;
        },
        text: (piece) => {
            if (isText) text += piece;
        },
        close: (name) => {
            if (name === 't') isText = false;
            else if (name === 'si') strings.push(unescaped(text));
            else if (name === 'rPh') isPhonetic = false;
        },
    });
    return strings;
}

async function readDateStyles(archive: Archive, part: string | undefined): Promise<boolean[]> {
    const formats = new Map<number, string>();
    const styles: boolean[] = [];
    if (part === undefined) return styles;
    let isCell = false;
    await readElements(archive, part, (name, attributes) => {
        if (name === 'numFmt') {
            formats.set(Number(attributes.numFmtId), attributes.formatCode ?? '');
        } else if (name === 'cellXfs') isCell = true;
        else if (name === 'cellStyles') isCell = false;
        else if (name === 'xf' && isCell) {
            const id = Number(attributes.numFmtId ?? 0);
            const format = formats.get(id);
            styles.push(format === undefined ? isBuiltInDate(id) : isDateFormat(format));
        }
    });
    return styles;
}

/** Formats that every workbook knows by their number; 45 to 47 are durations. */
function isBuiltInDate(id: number): boolean {
    return (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);
}

/** Whether a format shows a day or a time of day; one like `[h]:mm` shows how long something took. */
export function isDateFormat(format: string): boolean {
    const [positive = ''] = format.split(';');
    if (/\[(h+|m+|s+)\]/i.test(positive)) return false;
    const shown = positive.replace(/"[^"]*"|\\.|_.|\*.|\[[^\]]*\]/g, '');
    return /[ymdhs]/i.test(shown.replace(/general/i, '').replace(/am\/pm|a\/p/gi, ''));
}

async function readElements(
    archive: Archive,
    part: string,
    element: (name: string, attributes: Record<string, string>) => void,
): Promise<void> {
    if (!archive.members.includes(part)) return;
    let open: string | undefined;
    let attributes: Record<string, string> = {};
    const finish = () => {
        if (open !== undefined) element(open, attributes);
        open = undefined;
    };
    await readXml(await archive.open(part), {
        open: (name) => {
            finish();
            open = name;
            attributes = {};
        },
        attribute: (name, value) => {
            attributes[localName(name)] = value;
        },
        close: finish,
    });
}
