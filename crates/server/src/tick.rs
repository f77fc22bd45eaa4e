use std::time::Duration;

use tokio::sync::watch;
use tokio::time::MissedTickBehavior;

use crate::{Event, Log, Tick};

/// Calls `tick` at once and then every `period` until the server closes; a call that runs by then is waited for.
pub(crate) async fn keep_ticking(period: Duration, tick: Tick, log: Log, mut closing: watch::Receiver<bool>) {
    // A period of nothing would be refused by tokio with a panic.
    let mut clock = tokio::time::interval(period.max(Duration::from_millis(1)));
    // After a call that took longer than its period the missed ones are not made up for: one is as good as three.
    clock.set_missed_tick_behavior(MissedTickBehavior::Skip);
    loop {
        tokio::select! {
            _ = clock.tick() => {}
            _ = closing.wait_for(|closing| *closing) => return,
        }
        let tick = tick.clone();
        if let Err(error) = tokio::task::spawn_blocking(move || tick()).await {
            log(&Event::TickFailed(error.to_string()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::sync::{Arc, Mutex};

    async fn run_for(millis: u64, tick: Tick) -> Vec<Event> {
        let events = Arc::new(Mutex::new(Vec::new()));
        let log: Log = Arc::new({
            let events = events.clone();
            move |event: &Event| events.lock().unwrap().push(event.clone())
        });
        let (close, closing) = watch::channel(false);
        let ticking = tokio::spawn(keep_ticking(Duration::from_millis(20), tick, log, closing));
        tokio::time::sleep(Duration::from_millis(millis)).await;
        close.send(true).unwrap();
        ticking.await.unwrap();
        let events = events.lock().unwrap();
        events.clone()
    }

    #[tokio::test]
    async fn a_slow_tick_is_not_overtaken_and_is_waited_for() {
        let (now, most, done) = <(Arc<AtomicUsize>, Arc<AtomicUsize>, Arc<AtomicUsize>)>::default();
        let tick: Tick = Arc::new({
            let (now, most, done) = (now.clone(), most.clone(), done.clone());
            move || {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                std::thread::sleep(Duration::from_millis(70));
                now.fetch_sub(1, Ordering::SeqCst);
                done.fetch_add(1, Ordering::SeqCst);
            }
        });
        run_for(600, tick).await;
        assert_eq!(most.load(Ordering::SeqCst), 1);
        assert_eq!(now.load(Ordering::SeqCst), 0, "the last one was waited for");
        assert!(done.load(Ordering::SeqCst) > 1);
    }

    #[tokio::test]
    async fn a_tick_that_panics_is_logged_and_called_again() {
        let calls = Arc::new(AtomicUsize::new(0));
        let tick: Tick = Arc::new({
            let calls = calls.clone();
            move || {
                calls.fetch_add(1, Ordering::SeqCst);
                panic!("no key");
            }
        });
        let events = run_for(600, tick).await;
        assert!(calls.load(Ordering::SeqCst) > 1);
        assert_eq!(events.len(), calls.load(Ordering::SeqCst));
        assert!(events.iter().all(|e| e.to_string().contains("no key")), "{events:?}");
    }
}
