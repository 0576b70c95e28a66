import { type Archive, openArchive } from '../archive.ts';
import { readXml } from '../xml.ts';
import { odsCells } from './ods-cells.ts';
import type { SheetName, TallCell, Workbook } from './workbook.ts';

const content = 'content.xml';

/** Opens an ODS workbook. @throws SourceError for a file that is none */
export async function openOds(path: string, name: string): Promise<Workbook> {
    const archive = await openArchive(path, name, 'ODS workbook');
    try {
        return {
            type: 'ods',
            sheets: archive.members.includes(content) ? await sheetsOf(archive) : [],
            close: archive.close,
            read: async (sheet, sink) => {
                const tall: TallCell[] = [];
                await readXml(await archive.open(content), odsCells(sheet, sink, tall));
                return tall;
            },
        };
    } catch (error) {
        archive.close();
        throw error;
    }
}

/** Styles stand before the tables: one of them says that a sheet is hidden. */
async function sheetsOf(archive: Archive): Promise<readonly SheetName[]> {
    const sheets: SheetName[] = [];
    const hiddenStyles = new Set<string>();
    let element = '';
    let style = '';
    let tableName = '';
    let tableStyle = '';
    const finish = () => {
        if (element === 'table' && tableName !== '') {
            sheets.push({ name: tableName, isHidden: hiddenStyles.has(tableStyle) });
        }
        tableName = '';
        tableStyle = '';
    };
    await readXml(await archive.open(content), {
        open: (name) => {
            finish();
            element = name;
        },
        attribute: (name, value) => {
            if (element === 'style' && name === 'style:name') style = value;
            else if (element === 'table-properties' && name === 'table:display') {
                if (value === 'false') hiddenStyles.add(style);
            } else if (element === 'table' && name === 'table:name') tableName = value;
            else if (element === 'table' && name === 'table:style-name') tableStyle = value;
        },
        close: finish,
    });
    return sheets;
}
