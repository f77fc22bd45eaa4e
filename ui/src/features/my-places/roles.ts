import { plain } from '../../app/format';
import { marked } from '../../app/i18n.svelte';
import type { IconName } from '../../components/icons';
import type { PlaceRole } from '../../ipc/types';

const looks: Record<PlaceRole, IconName> = { home: 'home_fill', work: 'work', school: 'school', parents: 'family_home', other: 'location_on' };
export const roles = Object.keys(looks) as PlaceRole[];

/** The icon of a place of mine. */
export const roleLook = (role: PlaceRole): IconName => looks[role] ?? 'location_on';

/** What a place of mine is called: as the resident calls it, else by what it is. */
export const nameOf = ({ name, role }: { name: string; role: PlaceRole }): string => name || plain(marked(`map.role.${role}`));
