import { crc32, deflateRawSync } from 'node:zlib';

/** A zip archive of these texts, as tools write them. */
export function zip(members: Readonly<Record<string, string | Uint8Array>>): Buffer {
    const parts: Buffer[] = [];
    const directory: Buffer[] = [];
    let offset = 0;
    for (const [name, content] of Object.entries(members)) {
        const bytes = Buffer.from(content);
        const packed = deflateRawSync(bytes);
        const title = Buffer.from(name);
        const common = Buffer.alloc(26);
        common.writeUInt16LE(20, 0);
        // The name is in UTF-8.
        common.writeUInt16LE(0x800, 2);
        common.writeUInt16LE(8, 4);
        common.writeUInt32LE(crc32(bytes), 10);
        common.writeUInt32LE(packed.length, 14);
        common.writeUInt32LE(bytes.length, 18);
        common.writeUInt16LE(title.length, 22);
        const place = Buffer.alloc(14);
        place.writeUInt32LE(offset, 10);
        const local = [Buffer.from('PK\x03\x04'), common, title, packed];
        directory.push(Buffer.from('PK\x01\x02\x14\x00'), common, place, title);
        parts.push(...local);
        offset += local.reduce((sum, one) => sum + one.length, 0);
    }
    const list = Buffer.concat(directory);
    const end = Buffer.alloc(22);
    end.write('PK\x05\x06');
    end.writeUInt16LE(Object.keys(members).length, 8);
    end.writeUInt16LE(Object.keys(members).length, 10);
    end.writeUInt32LE(list.length, 12);
    end.writeUInt32LE(offset, 16);
    return Buffer.concat([...parts, list, end]);
}

export interface TestSheet {
    readonly name: string;
    /** XML of the rows. */
    readonly rows: string;
    readonly state?: 'visible' | 'hidden' | 'veryHidden';
    /** What comes behind the rows, for example merged cells. */
    readonly tail?: string;
}

const namespace = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relations = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/**
 * An XLSX workbook. Style 1 shows a day, 2 a day and a time, 3 a duration, 4 two decimals.
 * @param strings shared texts, as XML inside `si`
 */
export function xlsx(
    sheets: readonly TestSheet[],
    { strings = [], is1904 = false }: { strings?: readonly string[]; is1904?: boolean } = {},
): Buffer {
    const list = sheets.map(
        ({ name, state = 'visible' }, index) =>
            `<sheet name="${name}" sheetId="${index + 1}" state="${state}" r:id="rId${index + 1}"/>`,
    );
    const targets = sheets.map(
        (_, index) =>
            `<Relationship Id="rId${index + 1}" Type="${relations}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`,
    );
    const parts = sheets.map(({ rows, tail = '' }, index) => [
        `xl/worksheets/sheet${index + 1}.xml`,
        `<worksheet xmlns="${namespace}"><sheetData>${rows}</sheetData>${tail}</worksheet>`,
    ]);
    return zip({
        '_rels/.rels': `<Relationships><Relationship Id="r" Type="${relations}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
        'xl/workbook.xml': `<workbook xmlns="${namespace}"><workbookPr date1904="${is1904 ? 1 : 0}"/><sheets>${list.join('')}</sheets></workbook>`,
        'xl/_rels/workbook.xml.rels':
            `<Relationships>${targets.join('')}` +
            `<Relationship Id="s" Type="${relations}/sharedStrings" Target="/xl/sharedStrings.xml"/>` +
            `<Relationship Id="t" Type="${relations}/styles" Target="styles.xml"/></Relationships>`,
        'xl/sharedStrings.xml': `<sst>${strings.map((one) => `<si>${one}</si>`).join('')}</sst>`,
        'xl/styles.xml':
            '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy\\ hh:mm"/>' +
            '<numFmt numFmtId="165" formatCode="[h]:mm:ss"/></numFmts>' +
            '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>' +
            '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/>' +
            '<xf numFmtId="165"/><xf numFmtId="4"/></cellXfs></styleSheet>',
        ...Object.fromEntries(parts),
    });
}

/** A row of XLSX: texts as they are, numbers as numbers, XML of a cell where it begins with `<`. */
export function xlsxRow(number: number, cells: readonly (string | number)[]): string {
    const written = cells.map((cell, index) => {
        const reference = `${String.fromCharCode(65 + index)}${number}`;
        if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
        if (cell.startsWith('<')) return cell.replace('<c', `<c r="${reference}"`);
        return `<c r="${reference}" t="inlineStr"><is><t>${cell}</t></is></c>`;
    });
    return `<row r="${number}">${written.join('')}</row>`;
}

/** An ODS workbook of these tables, as XML. */
export function ods(tables: string): Buffer {
    return zip({
        mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
        'content.xml':
            '<office:document-content><office:automatic-styles>' +
            '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>' +
            '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>' +
            `</office:automatic-styles><office:body><office:spreadsheet>${tables}</office:spreadsheet></office:body></office:document-content>`,
    });
}
