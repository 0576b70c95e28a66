import { assertBalance, unitsOf } from './balance.ts';
import { eachLine } from './each-line.ts';
import type { StatementReading } from './entry.ts';
import { type Field, type Held, heldEntry, type Statement, withDetails } from './mt940-entry.ts';
import {
    cutOff,
    interim,
    noBalance,
    noStatement,
    outside,
    unknownLine,
    withoutOpening,
} from './mt940-errors.ts';

const tags = /^:(20|21|25P?|28C?|60[FM]|61|62[FM]|64|65|86|13D?|34F|90[CD]|NS[A-Z]?):(.*)$/;
const goOn = /^(61|86|NS.?)$/;

/** A header of the network stands above the first statement. */
const longestHeader = 50;

/**
 * Reads an MT940 file, a statement after the other.
 * @throws ContractError or SourceError with the line that cannot be what it should
 */
export async function readMt940(reading: StatementReading): Promise<void> {
    const { text, name, sink, checksBalance } = reading;
    let field: Field | undefined;
    let statement: Statement | undefined;
    let held: Held | undefined;
    let isAny = false;
    let isOver = true;

    const release = () => {
        if (held) sink.entry(withDetails(held), held.line);
        held = undefined;
    };
    const finish = () => {
        const done = field;
        field = undefined;
        if (done === undefined) return;
        if (done.tag === '86' || done.tag.startsWith('NS')) held?.details.push(...done.lines);
        else take(done);
    };
    const take = (done: Field) => {
        release();
        const { tag, line } = done;
        const content = done.lines[0]?.trim() ?? '';
        if (tag === '20') {
            if (statement && !isOver) throw cutOff(name, statement.line);
            statement = emptyStatement(name, line);
            isAny = true;
            isOver = false;
            return;
        }
        if (/^(13D?|34F|90.)$/.test(tag)) throw interim(name, line, tag);
        if (statement === undefined) throw outside(name, line, tag);
        if (tag.startsWith('25')) statement.account = content.replace(/\s/g, '');
        else if (tag.startsWith('28')) statement.number = content;
        else if (tag.startsWith('60')) {
            const { currency, units } = balanceOf(done, name);
            statement.currency = currency;
            statement.opening = units;
        } else if (tag === '61') {
            held = heldEntry(done, statement);
            const units = unitsOf(held.entry.amount) ?? 0n;
            if (held.entry.movement !== 'pending') statement.booked += units;
        } else if (tag.startsWith('62')) {
            isOver = true;
            if (checksBalance) checkBalance(done, statement);
        }
    };

    await eachLine(text, sink, (line, number) => {
        const [, tag, content] = tags.exec(line) ?? [];
        if (tag !== undefined) {
            finish();
            field = { tag, line: number, lines: [content ?? ''] };
        } else if (/^-(\}.*)?$/.test(line)) {
            finish();
            release();
            if (statement && !isOver) throw cutOff(name, statement.line);
        } else if (field && goOn.test(field.tag)) field.lines.push(line);
        else if (line.trim() === '') return;
        else if (!isAny && field === undefined) {
            if (number > longestHeader) throw noStatement(name, line);
        } else if (!isOver || field?.tag === '20') throw unknownLine(name, line, number);
    });
    if (sink.isDone()) return;
    finish();
    release();
    if (!isAny) throw noStatement(name, '');
    if (statement && !isOver) throw cutOff(name, statement.line);
}

function emptyStatement(file: string, line: number): Statement {
    return {
        file,
        line,
        account: undefined,
        number: undefined,
        currency: undefined,
        opening: undefined,
        booked: 0n,
    };
}

/** `C250602EUR100,00` */
function balanceOf({ tag, line, lines }: Field, file: string) {
    const content = lines[0]?.trim() ?? '';
    const [, sign, currency, number = ''] =
        /^([CD])\d{6}([A-Z]{3})?(\d[\d,]*)$/.exec(content) ?? [];
    const units = unitsOf(number.replace(',', '.'));
    if (units !== undefined) return { currency, units: sign === 'D' ? -units : units };
    throw noBalance(file, line, tag, content);
}

function checkBalance(field: Field, statement: Statement): void {
    const { file, account = '', opening, booked } = statement;
    const { units: closing } = balanceOf(field, file);
    if (opening === undefined) throw withoutOpening(file, field.line);
    assertBalance({ file, line: field.line, account, opening, booked, closing });
}
