@echo off
rem Starts GitVan. GITVAN_JAVA_OPTS adds options for the JVM.
setlocal
set "ROOT=%~dp0.."
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java.exe"
if not defined JAVA_HOME (
  where java >nul 2>nul || (
    echo JAVA_NOT_FOUND PATH: no java in it. Install a JDK of version 17 or newer, or set JAVA_HOME. 1>&2
    exit /b 2
  )
) else if not exist "%JAVA%" (
  echo JAVA_NOT_FOUND JAVA_HOME: there is no bin\java.exe. Set it to a JDK of version 17 or newer. 1>&2
  exit /b 2
)
"%JAVA%" -XX:TieredStopAtLevel=1 -XX:NewSize=32m -XX:+UseSerialGC -XX:-UsePerfData -Xlog:disable -XX:+IgnoreUnrecognizedVMOptions --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED -Dfile.encoding=UTF-8 %GITVAN_JAVA_OPTS% -cp "%ROOT%\lib\*" "-Dgitvan.root=%ROOT%" dev.gitvan.launcher.Main %*
exit /b %ERRORLEVEL%
