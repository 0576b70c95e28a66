import { createCsvFile, type WrittenFile } from '../export-file.ts';
import { dottedMinute } from '../format.ts';
import type { Deal, StageEntry } from '../records.ts';

export interface OrderExport {
    add(deal: Deal, stages: readonly StageEntry[]): void;
    close(): WrittenFile;
}

/** The order system's list of steps after the signature. */
export function createOrderExport(root: string): OrderExport {
    const file = createCsvFile(root, 'orders/order_steps.csv', ['Deal No', 'Step', 'Reached'], {
        delimiter: ';',
        lineEnd: '\r\n',
    });
    return {
        add: (deal, stages) => {
            for (const { stage, enteredAt } of stages) {
                const cells = [deal.id, stage, dottedMinute(enteredAt)];
                file.row(cells);
                if (file.rows % 400 === 150) file.row(cells);
                if (file.rows % 900 === 230) file.row(cells.with(2, '00.00.0000 00:00'));
            }
        },
        close: () => file.close(),
    };
}
