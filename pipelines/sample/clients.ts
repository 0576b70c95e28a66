import { addWorkMinutes, DAY, END, type LocalTime, MINUTE } from './calendar.ts';
import type { Delivery } from './deliveries.ts';
import { ACCOUNT_MANAGERS } from './people.ts';
import { createRandom } from './random.ts';
import type { Deal } from './records.ts';

export interface ClientAssignment {
    readonly clientId: string;
    readonly assignedAt: LocalTime;
    readonly personId: string;
    readonly reason: string;
}

export interface AccountManagement {
    /** Takes the client over from sales once the first order is delivered. */
    takeOver(deal: Deal, delivery: Delivery): void;
    assignments(): readonly ClientAssignment[];
}

/** Vasile's last working day: that evening his clients got a new contact. */
const VASILE_LEFT_AT = Date.UTC(2026, 1, 27, 16);
const KEPT_BY_SALES = { gates: 0.12, parts: 0.6 } as const;

export function createAccountManagement(seed: number): AccountManagement {
    const handed = new Map<string, ClientAssignment>();
    const moved: ClientAssignment[] = [];
    const { dana, vasile, teodora } = ACCOUNT_MANAGERS;

    return {
        takeOver: (deal, { finishedAt }) => {
            const random = createRandom(seed, 'client', deal.id);
            if (random.chance(KEPT_BY_SALES[deal.line]) || deal.clientId === '') return;
            const assignedAt = addWorkMinutes(
                finishedAt + random.integer(3, 12) * DAY,
                random.integer(0, 400),
            );
            const known = handed.get(deal.clientId);
            if (assignedAt >= END || (known !== undefined && known.assignedAt <= assignedAt))
                return;
            const ofGates = assignedAt < VASILE_LEFT_AT ? vasile : teodora;
            const manager = deal.line === 'parts' ? dana : ofGates;
            handed.set(deal.clientId, {
                clientId: deal.clientId,
                assignedAt,
                personId: manager.id,
                reason: 'Delivered, handed over to account management',
            });
        },
        assignments: () => {
            let minutes = 0;
            for (const first of handed.values()) {
                if (first.personId !== vasile.id) continue;
                const random = createRandom(seed, 'client moves', first.clientId);
                minutes += 1;
                moved.push({
                    clientId: first.clientId,
                    // He worked down a list; one client in eight went to the colleague.
                    assignedAt: VASILE_LEFT_AT + (minutes % 90) * MINUTE,
                    personId: random.chance(0.125) ? dana.id : teodora.id,
                    reason: 'Vasile Cretu left the company',
                });
            }
            return [...handed.values(), ...moved.splice(0)].toSorted(
                (a, b) => a.assignedAt - b.assignedAt || (a.clientId < b.clientId ? -1 : 1),
            );
        },
    };
}
