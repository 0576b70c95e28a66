import type { LocalTime } from './calendar.ts';
import type { Salesperson } from './people.ts';
import type { ProductLine } from './product-lines.ts';
import type { Deal } from './records.ts';

/** What is known of a deal before it is opened. */
export interface DealPlan {
    readonly leadId: string;
    readonly origin: Deal['origin'];
    readonly line: ProductLine;
    readonly owner: Salesperson;
    readonly createdAt: LocalTime;
    readonly isWon: boolean;
    readonly priceLevel: number;
    /** Repeat business of a client the company already has. */
    readonly clientId?: string;
}
