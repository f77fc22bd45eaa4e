import type { Case } from '../fake';

/** Stands in for the app's shell: what the device can do, and what it answers when asked where it is. */
export function fakeDevice({ share = false, open = false, position = false, answer = 'here' }: NonNullable<Case['device']>): void {
  const late = (ms: number) => new Promise((done) => setTimeout(done, ms));
  const invoke = async (command: string): Promise<unknown> => {
    switch (command) {
      case 'device':
        return { share, open, position };
      case 'plugin:geolocation|check_permissions':
        if (answer === 'off') throw 'Location services are disabled.';
        return { location: answer === 'refused' ? 'denied' : 'granted' };
      case 'plugin:geolocation|request_permissions':
        return { location: 'denied' };
      case 'plugin:geolocation|get_current_position':
        if (answer === 'asking') await late(60_000);
        if (answer === 'late') throw 'timeout';
        return { coords: { latitude: 34.867, longitude: 138.31 } };
      default:
        return null;
    }
  };
  Object.assign(window, { __TAURI_INTERNALS__: { invoke, transformCallback: () => 0 } });
}
