// A window with a web view and nothing else: what a start, a page and a frame cost on this machine before any app.
// `empty URL TIMES` loads the page, then loads it again so many times; the page says a line by a title `> line`.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <webkit2/webkit2.h>

static int again = 0;

static void said(WebKitWebView *view, GParamSpec *spec, gpointer unused) {
  (void)spec, (void)unused;
  const char *title = webkit_web_view_get_title(view);
  if (!title || strncmp(title, "> ", 2)) return;
  puts(title + 2);
  if (again-- > 0) webkit_web_view_reload(view);
  else gtk_main_quit();
}

int main(int argc, char **argv) {
  gtk_init(&argc, &argv);
  if (argc < 2) return 2;
  again = argc > 2 ? atoi(argv[2]) : 0;
  GtkWidget *window = gtk_window_new(GTK_WINDOW_TOPLEVEL);
  gtk_window_set_default_size(GTK_WINDOW(window), 430, 900);
  GtkWidget *view = webkit_web_view_new();
  gtk_container_add(GTK_CONTAINER(window), view);
  g_signal_connect(view, "notify::title", G_CALLBACK(said), NULL);
  webkit_web_view_load_uri(WEBKIT_WEB_VIEW(view), argv[1]);
  gtk_widget_show_all(window);
  gtk_main();
  return 0;
}
