// The real UI on the fake phone: `npm run dev`, then /test/dev/?case={"age":"stale"}
import { useCarrier } from '../../src/ipc/client';
import { fakeCarrier, type Case } from '../fake';

useCarrier(fakeCarrier(JSON.parse(new URLSearchParams(location.search).get('case') ?? '{}') as Case));
await import('../../src/main');
